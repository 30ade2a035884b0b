"""The notice's forms as documents of blocks, and three ways to print them."""
