namespace Orrery.Orbits.Tests;

public class SouthAtlanticAnomalyTests
{
    [Theory]
    [InlineData(-26, -45, 500, true)]
    [InlineData(-26, -45, 299, false)]
    [InlineData(-26, -45, 1201, false)]
    [InlineData(-30, 20, 500, true)]
    [InlineData(30, -45, 500, false)]
    [InlineData(-26, 100, 500, false)]
    [InlineData(-60, -45, 500, false)]
    [InlineData(-26, -120, 500, false)]
    public void Places_within_and_without(double latitudeDeg, double longitudeDeg, double heightKm, bool expected) =>
        FleetConfiguration.Default.SouthAtlanticAnomaly.Contains(Geodetic.FromDegrees(latitudeDeg, longitudeDeg, heightKm)).ShouldBe(expected);
}
