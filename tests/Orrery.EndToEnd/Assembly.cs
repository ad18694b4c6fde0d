[assembly: CLSCompliant(false)]
[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
