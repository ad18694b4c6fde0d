namespace Orrery.Orbits.Tests;

public class LinkTests
{
    private static readonly FleetConfiguration Fleet = FleetConfiguration.Default;

    [Theory]
    [InlineData(0, false, 100)]
    [InlineData(2500, false, 70)]
    [InlineData(5000, false, 40)]
    [InlineData(5000, true, 36)]
    [InlineData(5000.1, false, 0)]
    public void An_inter_satellite_link_falls_with_range_and_in_umbra(double rangeKm, bool umbra, double expected) =>
        InterSatelliteLink.RateMbps(rangeKm, umbra, Fleet.InterSatelliteLink).ShouldBe(expected, 1e-9);

    [Fact]
    public void Delay_is_light_time_and_two_milliseconds() =>
        InterSatelliteLink.DelaySeconds(2997.92458, Fleet.InterSatelliteLink).ShouldBe(0.012, 1e-12);

    [Theory]
    [InlineData(420, 100, 100)]
    [InlineData(550, 90, 100)]
    [InlineData(1000, 65, 80)]
    [InlineData(2078, 25, 45)]
    public void A_ground_link_is_full_overhead_and_some_tens_at_five_degrees(double rangeKm, double least, double greatest) =>
        GroundLink.RateMbps(rangeKm, Fleet.GroundLink).ShouldBeInRange(least, greatest);

    [Fact]
    public void The_ground_link_follows_its_formula()
    {
        var snr = Math.Pow(10, GroundLink.SnrDb(2000, Fleet.GroundLink) / 10);
        GroundLink.RateMbps(2000, Fleet.GroundLink).ShouldBe(0.75 * 25 * Math.Log2(1 + (snr / Math.Pow(10, 0.3))), 1e-9);
    }
}
