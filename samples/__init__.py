"""Makes sample inboxes together with their truth: applicants, paper, stamps, wear, defects, filing."""
