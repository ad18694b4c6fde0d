using Orrery.Agent.Satellites;
using Orrery.Agent.Stages;
using Orrery.Orbits;

namespace Orrery.Agent.Tests.Stages;

public sealed class HazardTests
{
    [Fact]
    public void Hazards_are_the_beginnings_of_eclipses_and_the_entries_into_the_anomaly_in_order()
    {
        var fleet = FleetConfiguration.Default;
        var iss = BundledFleet.Satellites.First(satellite => satellite.Elements.NoradId == 25544).Elements;
        var satellite = new Sgp4Propagator(iss);
        var state = new SatelliteState(satellite, fleet.BusClass(fleet.DefaultBusClass), fleet.SouthAtlanticAnomaly);
        var hazards = state.HazardsWithin(iss.Epoch, iss.Epoch.AddDays(1));
        hazards.Select(hazard => hazard.At).ShouldBe(hazards.Select(hazard => hazard.At).Order());
        hazards.Count(hazard => hazard.Kind == HazardKinds.Eclipse).ShouldBeInRange(14, 17);
        var entries = hazards.Where(hazard => hazard.Kind == HazardKinds.SouthAtlanticAnomaly).ToList();
        entries.Count.ShouldBeInRange(4, 12);
        foreach (var entry in entries)
        {
            fleet.SouthAtlanticAnomaly.Contains(Place(entry.At.AddSeconds(-1))).ShouldBeFalse();
            fleet.SouthAtlanticAnomaly.Contains(Place(entry.At.AddSeconds(1))).ShouldBeTrue();
        }

        Geodetic Place(DateTimeOffset time)
        {
            satellite.Propagate(time, out var position, out _);
            return Frames.ToGeodetic(Frames.ToEarthFixed(position, Frames.Gmst(time)));
        }
    }
}
