using System.Text;
using System.Text.Json.Nodes;

namespace Orrery.Orbits.Tests;

public class FleetConfigurationTests
{
    private const double SunlitPartOfAnOrbit = 0.6;
    private const double EclipseHours = 37 / 60.0;

    private static readonly FleetConfiguration Fleet = FleetConfiguration.Default;

    public static TheoryData<string> BusClasses => [.. Fleet.BusClasses.Select(b => b.Name)];

    [Fact]
    public void The_bundled_configuration_is_sound() => Fleet.Problems().ShouldBeEmpty();

    [Fact]
    public void There_are_twelve_ground_stations_with_masks_from_five_to_ten_degrees()
    {
        Fleet.GroundStations.Count.ShouldBe(12);
        Fleet.GroundStations.ShouldAllBe(s => s.ElevationMaskDeg >= 5 && s.ElevationMaskDeg <= 10);
    }

    [Fact]
    public void A_microsat_computes_at_the_documented_rates() =>
        (Fleet.BusClass("microsat").TflopsSun, Fleet.BusClass("microsat").TflopsUmbra).ShouldBe((0.5, 0.3));

    [Theory]
    [MemberData(nameof(BusClasses))]
    public void A_bus_idles_power_positive_and_computes_through_an_eclipse(string name)
    {
        var bus = Fleet.BusClass(name);
        (SunlitPartOfAnOrbit * bus.SolarW).ShouldBeGreaterThan(bus.IdleW);
        bus.UsableWh.ShouldBeGreaterThan(EclipseHours * (bus.IdleW + bus.ComputeUmbraW));
    }

    [Fact]
    public void A_microsat_is_power_positive_and_cool_while_it_computes_all_the_time()
    {
        var bus = Fleet.BusClass("microsat");
        var computing = (SunlitPartOfAnOrbit * bus.ComputeW) + ((1 - SunlitPartOfAnOrbit) * bus.ComputeUmbraW);
        (SunlitPartOfAnOrbit * bus.SolarW).ShouldBeGreaterThan(bus.IdleW + computing);
        (bus.SunEnvironmentC + ((bus.IdleW + bus.ComputeW) / bus.RadiatorWPerK)).ShouldBeLessThan(bus.ThermalLimitC);
    }

    [Theory]
    [InlineData("bus_classes/0/battery_reserve_fraction", "1.5", "Bus class 'cubesat': battery_reserve_fraction is 1.5, must be from 0 to below 1.")]
    [InlineData("bus_classes/1/solar_w", "0", "Bus class 'microsat': solar_w is 0, must be positive.")]
    [InlineData("bus_classes/1/idle_w", "-1", "Bus class 'microsat': idle_w is -1, must not be negative.")]
    [InlineData("bus_classes/1/thermal_limit_c", "5", "Bus class 'microsat': thermal_limit_c is 5, must be above both environments.")]
    [InlineData("bus_classes/1/name", "\"cubesat\"", "Bus class 'cubesat' is given 2 times; names are unique.")]
    [InlineData("bus_classes/0/source", "\"\"", "Bus class 'cubesat': source is empty.")]
    [InlineData("default_bus_class", "\"none\"", "default_bus_class 'none' is none of bus_classes.")]
    [InlineData("ground_stations/0/latitude_deg", "91", "Ground station 'svalbard': latitude_deg is 91, must be from -90 to 90.")]
    [InlineData("ground_stations/0/longitude_deg", "181", "Ground station 'svalbard': longitude_deg is 181, must be from -180 to 180.")]
    [InlineData("ground_stations/0/elevation_mask_deg", "90", "Ground station 'svalbard': elevation_mask_deg is 90, must be from 0 to below 90.")]
    [InlineData("ground_stations/1/id", "\"svalbard\"", "Ground station 'svalbard' is given 2 times; ids are unique.")]
    [InlineData("inter_satellite_link/max_range_km", "0", "inter_satellite_link.max_range_km is 0, must be positive.")]
    [InlineData("ground_link/efficiency", "1.1", "ground_link.efficiency is 1.1, must be from 0 to 1.")]
    [InlineData("south_atlantic_anomaly/polygon", "[]", "south_atlantic_anomaly.polygon has 0 corners, must have 3 or more.")]
    [InlineData("min_altitude_km", "-1", "min_altitude_km is -1, must not be negative.")]
    [InlineData("sources", "{}", "sources names none for min_altitude_km.")]
    public void A_value_that_cannot_be_is_refused_by_name(string path, string value, string message)
    {
        var root = Bundled();
        var steps = path.Split('/');
        var parent = steps[..^1].Aggregate((JsonNode)root, (node, step) => int.TryParse(step, out var i) ? node[i]! : node[step]!);
        parent[steps[^1]] = JsonNode.Parse(value);
        Should.Throw<FormatException>(() => Read(root)).Message.ShouldContain(message);
    }

    [Fact]
    public void An_unknown_member_is_refused_by_name()
    {
        var root = Bundled();
        root["bus_clases"] = 1;
        Should.Throw<FormatException>(() => Read(root)).Message.ShouldContain("bus_clases");
    }

    [Fact]
    public void An_unknown_bus_class_names_those_there_are() =>
        Should.Throw<KeyNotFoundException>(() => Fleet.BusClass("tank")).Message.ShouldContain("cubesat, microsat");

    private static FleetConfiguration Read(JsonNode root) => FleetConfigurationReader.Read(Encoding.UTF8.GetBytes(root.ToJsonString()));

    private static JsonObject Bundled() => JsonNode.Parse(EmbeddedResource.Bytes("Orrery.Orbits.Fleet.fleet.json"))!.AsObject();
}
