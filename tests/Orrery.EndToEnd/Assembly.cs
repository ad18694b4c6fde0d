using Orrery.EndToEnd.Fixtures;
using Xunit;

[assembly: CLSCompliant(false)]
[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
