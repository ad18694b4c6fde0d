using Orrery.Orbits;
using Orrery.Planning.Catalog;
using Orrery.Planning.Verification;

namespace Orrery.Planning.Tests;

/// <summary>The bundled fleet, and planning inputs over it.</summary>
internal static class TestFleet
{
    public static readonly ContactCatalog Catalog = new();

    public static readonly int[] Documented = [25544, 48274, 53807];

    public static DateTimeOffset Epoch => BundledFleet.NewestEpoch;

    /// <summary>A satellite whose orbit crosses that of 25544, so that the two see each other twice a revolution.</summary>
    public static FleetSatellite Companion
    {
        get
        {
            var station = Of(25544).Satellites[0];
            return station with
            {
                Elements = station.Elements with { NoradId = 99001, Name = "COMPANION", RaanDeg = (station.Elements.RaanDeg + 45) % 360 },
            };
        }
    }

    public static FleetSnapshot Of(params int[] satellites) => new()
    {
        Satellites =
        [
            .. BundledFleet.Satellites.Where(satellite => satellites.Contains(satellite.Elements.NoradId))
                .Select(satellite => new FleetSatellite(satellite.Elements, FleetConfiguration.Default.BusClass(satellite.BusClass))),
        ],
        Stations = FleetConfiguration.Default.GroundStations,
        Configuration = FleetConfiguration.Default,
    };

    public static WorkSpec DocumentedSpec(DateTimeOffset start) => new()
    {
        Class = WorkloadClass.ModelParallel,
        Stages = 3,
        Layers = [new("embed", 2, 4)],
        StartAt = start,
    };

    public static PlanningInput DocumentedInput(DateTimeOffset start) => new() { Spec = DocumentedSpec(start), Fleet = Of(Documented) };

    /// <summary>A plan that the independent verifier has found sound.</summary>
    public static Plan Plan(PlanningInput input, PlanningOptions? options = null, ContactCatalog? catalog = null)
    {
        var plan = new Planner(catalog ?? Catalog, options ?? new()).Plan(input, TestContext.Current.CancellationToken);
        PlanVerifier.Verify(input, plan).ShouldBeEmpty();
        return plan;
    }
}
