"""Reading the files of others in a process of its own, which has limits and may die without harm to this one."""
