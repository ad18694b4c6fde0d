namespace Orrery.Orbits.Tests;

public class BundledFleetTests
{
    [Fact]
    public void It_is_the_three_satellites_of_the_documents() =>
        BundledFleet.Satellites.Select(s => (s.Elements.NoradId, s.Elements.Name, s.BusClass)).ShouldBe(
        [
            (25544, "ISS (ZARYA)", "microsat"), (48274, "CSS (TIANHE)", "microsat"), (53807, "BLUEWALKER 3", "microsat"),
        ]);

    [Fact]
    public void Its_newest_epoch_is_that_of_BlueWalker() =>
        BundledFleet.NewestEpoch.ShouldBe(new DateTimeOffset(2026, 10, 6, 21, 15, 35, 879, TimeSpan.Zero).AddTicks(6_160));

    [Fact]
    public void At_its_newest_epoch_all_fly_at_the_heights_of_their_missions()
    {
        foreach (var satellite in BundledFleet.Satellites)
        {
            new Sgp4Propagator(satellite.Elements).Propagate(BundledFleet.NewestEpoch, out var teme, out _).ShouldBe(PropagationError.None);
            Frames.ToGeodetic(Frames.ToEarthFixed(teme, Frames.Gmst(BundledFleet.NewestEpoch))).HeightKm.ShouldBeInRange(370, 550);
        }
    }
}
