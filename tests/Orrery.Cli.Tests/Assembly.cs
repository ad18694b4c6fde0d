using Xunit;

// Options and arguments are shared by all command trees of a process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
