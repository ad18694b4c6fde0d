using Orrery.Orbits;

namespace Orrery.Planning.Tests.Verification;

/// <summary>Inputs whose plans use every kind of transfer.</summary>
internal static class Samples
{
    private static readonly WorkSpec Single = new() { StartAt = TestFleet.Epoch };

    public static readonly PlanningInput Documented = TestFleet.DocumentedInput(TestFleet.Epoch.AddHours(7));

    public static readonly PlanningInput Ground = new()
    {
        Fleet = TestFleet.Of(TestFleet.Documented),
        Spec = Single with { InputMb = 200, OutputMb = 50, DurationS = 5000 },
    };

    public static readonly PlanningInput Crosslink = new()
    {
        Fleet = TestFleet.Of(25544) with { Satellites = [.. TestFleet.Of(25544).Satellites, TestFleet.Companion], Stations = [] },
        Spec = Single with
        {
            Class = WorkloadClass.ModelParallel,
            Stages = 2,
            Horizon = TimeSpan.FromHours(24),
            Layers = [new("a", 10, 4000), new("b", 30, 4000, 100)],
        },
    };

    public static PlanningInput Named(string name) => name switch
    {
        "documented" => Documented,
        "ground" => Ground,
        _ => Crosslink,
    };

    /// <summary>The same fleet with other buses.</summary>
    public static PlanningInput With(this PlanningInput input, Func<BusClass, BusClass> bus) => input with
    {
        Fleet = input.Fleet with { Satellites = [.. input.Fleet.Satellites.Select(satellite => satellite with { Bus = bus(satellite.Bus) })] },
    };
}
