using Orrery.Orbits;

namespace Orrery.Planning.Tests.Plans;

/// <summary>Random workloads of the classes that are no chains, on small fleets with few stations, so that all want the same antenna.</summary>
internal static class ClassSpecs
{
    private static readonly int[] Fleet = [.. BundledFleet.Satellites.Select(satellite => satellite.Elements.NoradId)];

    public static PlanningInput Random(WorkloadClass workloadClass, int seed, int satellites, int stations)
    {
        var random = new Random(seed);
        var chosen = Fleet.OrderBy(_ => random.Next()).Take(satellites).ToArray();
        var fleet = TestFleet.Of(chosen);
        return new()
        {
            Fleet = fleet with { Stations = [.. fleet.Stations.OrderBy(_ => random.Next()).Take(stations)] },
            Spec = Spec(workloadClass, random, chosen),
        };
    }

    private static WorkSpec Spec(WorkloadClass workloadClass, Random random, int[] chosen)
    {
        var layers = Enumerable.Range(0, 1 + random.Next(4)).Select(i => new ModelLayer($"l{i}", random.Next(1, 60), random.Next(1, 400), random.Next(0, 100))).ToList();
        var common = new WorkSpec
        {
            Class = workloadClass,
            StartAt = TestFleet.Epoch.AddHours(random.Next(0, 72)),
            Horizon = TimeSpan.FromHours(48),
            Layers = random.Next(6) == 0 ? [] : layers,
            Training = random.Next(2) == 0,
            Batches = random.Next(1, 13),
            InputMb = random.Next(0, 3000),
            OutputMb = random.Next(0, 3000),
        };
        return workloadClass switch
        {
            WorkloadClass.DataParallel => common with { Shards = random.Next(1, Math.Min(3, chosen.Length) + 1) },
            WorkloadClass.Federated => common with { Rounds = random.Next(1, 4), MinParticipants = random.Next(1, Math.Min(3, chosen.Length) + 1), NamesSatellites = true },
            _ => common with { Steps = random.Next(1, 4), Owner = chosen[random.Next(chosen.Length)] },
        };
    }
}
