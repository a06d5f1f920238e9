"""Echo bots of other frameworks, each as its own documentation writes it: what ours is measured against."""
