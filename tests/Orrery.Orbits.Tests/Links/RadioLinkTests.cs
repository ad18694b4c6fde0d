namespace Orrery.Orbits.Tests;

public class RadioLinkTests
{
    private static readonly RadioLinks Radio = new();

    /// <summary>The textbook's rule of thumb: 92.45 + 20 log d (km) + 20 log f (GHz).</summary>
    [Fact]
    public void Free_space_loss_is_the_textbooks() =>
        RadioLink.FreeSpaceLossDb(2_000, 8_200).ShouldBe(92.45 + (20 * Math.Log10(2_000)) + (20 * Math.Log10(8.2)), 0.01);

    [Fact]
    public void The_ratio_follows_from_powers_without_decibels()
    {
        var budget = Radio.Downlink;
        var wavelengthM = 299_792_458 / (budget.FrequencyMhz * 1e6);
        var spreading = Math.Pow(4 * Math.PI * 1_500e3 / wavelengthM, 2);
        var received = budget.TransmitPowerW * Math.Pow(10, (budget.TransmitAntennaGainDbi + budget.ReceiveAntennaGainDbi - budget.OtherLossesDb - (2 * budget.ZenithAttenuationDb)) / 10) / spreading;
        var noise = RadioLink.BoltzmannJPerK * budget.SystemNoiseTemperatureK * budget.BandwidthMhz * 1e6;
        RadioLink.SnrDb(1_500, Math.PI / 6, budget).ShouldBe(10 * Math.Log10(received / noise), 1e-9);
    }

    [Fact]
    public void The_rate_grows_with_elevation_falls_with_range_and_stops_at_the_modem()
    {
        RadioLink.RateMbps(2_000, 0.5, Radio.Downlink).ShouldBeGreaterThan(RadioLink.RateMbps(2_000, 0.1, Radio.Downlink));
        RadioLink.RateMbps(2_000, 0.5, Radio.Downlink).ShouldBeGreaterThan(RadioLink.RateMbps(2_500, 0.5, Radio.Downlink));
        RadioLink.RateMbps(500, 1.5, Radio.Downlink).ShouldBe(Radio.Downlink.MaxRateMbps);
        RadioLink.RateMbps(2_000, 0, Radio.Downlink).ShouldBe(RadioLink.RateMbps(2_000, double.DegreesToRadians(5), Radio.Downlink));
    }

    [Fact]
    public void Every_bundled_link_carries_something_at_its_longest()
    {
        RadioLink.RateMbps(2_100, 0.09, Radio.Downlink).ShouldBeInRange(20, 100);
        RadioLink.RateMbps(2_100, 0.09, Radio.Uplink).ShouldBeInRange(5, 20);
        RadioLink.RateMbps(5_000, Math.PI / 2, Radio.InterSatellite).ShouldBeInRange(20, 100);
    }

    [Fact]
    public void The_volume_of_a_pass_is_the_integral_of_its_rate()
    {
        var site = FleetConfiguration.Default.FindStation("wallops")!.Site;
        var ephemeris = Ephemeris.Sample(new(Examples.Iss), Examples.Epoch, Examples.Epoch.AddDays(1));
        var pass = PassFinder.Find(ephemeris, site, 5).First(p => !p.RiseClipped);
        var profile = RateProfile.Of(pass, ephemeris, site, Radio.Downlink, TimeSpan.FromSeconds(5));
        var fine = 0.0;
        for (var time = pass.Rise.AddSeconds(0.05); time < pass.Set; time = time.AddSeconds(0.1))
        {
            var look = site.Look(ephemeris.EarthFixed(time).Position);
            fine += RadioLink.RateMbps(look.RangeKm, look.ElevationRad, Radio.Downlink) * 0.1 / 8;
        }

        profile.VolumeMb.ShouldBe(fine, 0.002 * fine);
        profile.VolumeUntilMb(pass.Set).ShouldBe(profile.VolumeMb, 1e-9);
    }

    [Fact]
    public void Volumes_of_parts_add_up()
    {
        var profile = new RateProfile(Examples.Epoch, [(0, 8), (10, 16), (20, 0)]);
        profile.VolumeMb.ShouldBe(15 + 10, 1e-12);
        profile.VolumeUntilMb(Examples.Epoch.AddSeconds(5)).ShouldBe((8 + 12) / 2.0 * 5 / 8, 1e-12);
        Examples.Check(Examples.Real(-5, 25), 200, second =>
        {
            var time = Examples.Epoch.AddSeconds(second);
            (profile.VolumeMbBetween(profile.Start, time) + profile.VolumeMbBetween(time, profile.End)).ShouldBe(profile.VolumeMb, 1e-9);
        });
    }

    [Fact]
    public void Windows_between_satellites_have_volumes_too()
    {
        var (a, b) = (Ephemeris.Sample(new(BundledFleet.Satellites[1].Elements), Examples.Epoch, Examples.Epoch.AddDays(1)),
            Ephemeris.Sample(new(BundledFleet.Satellites[2].Elements), Examples.Epoch, Examples.Epoch.AddDays(1)));
        var window = IslWindowFinder.Find(a, b, new())[0];
        var profile = RateProfile.Of(window, a, b, Radio.InterSatellite, TimeSpan.FromSeconds(10));
        var seconds = (window.End - window.Start).TotalSeconds;
        profile.VolumeMb.ShouldBeInRange(seconds * RadioLink.RateMbps(5_000, 1, Radio.InterSatellite) / 8 * 0.99, seconds * 100 / 8 * 1.01);
    }

    [Fact]
    public void Samples_out_of_order_and_negative_rates_are_refused()
    {
        Should.Throw<ArgumentException>(() => new RateProfile(Examples.Epoch, []));
        Should.Throw<ArgumentException>(() => new RateProfile(Examples.Epoch, [(0, 1), (0, 1)]));
        Should.Throw<ArgumentException>(() => new RateProfile(Examples.Epoch, [(0, 1), (1, -1)]));
    }

    [Fact]
    public void A_budget_that_cannot_be_is_refused_by_name()
    {
        var wrong = Radio with { Uplink = Radio.Uplink with { SystemNoiseTemperatureK = 0, Efficiency = 2 } };
        (FleetConfiguration.Default with { RadioLinks = wrong }).Problems().ShouldBe(
        [
            "radio_links.uplink.system_noise_temperature_k is 0, must be positive.", "radio_links.uplink.efficiency is 2, must be from 0 to 1.",
        ]);
        (FleetConfiguration.Default with { RadioLinks = new() { Downlink = null! } }).Problems().ShouldBe(["radio_links.downlink is null; leave it out for the bundled figures."]);
    }

    [Fact]
    public void Stated_budgets_replace_the_rates_by_range_and_each_direction_is_its_own()
    {
        var plain = FleetConfiguration.Default.Links;
        var links = (FleetConfiguration.Default with { RadioLinks = Radio }).Links;

        (plain.IsSymmetric, links.IsSymmetric).ShouldBe((true, false));
        plain.RateMbps(GroundDirection.Up, 1_200, 0.5).ShouldBe(GroundLink.RateMbps(1_200, FleetConfiguration.Default.GroundLink));
        links.RateMbps(GroundDirection.Up, 1_200, 0.5).ShouldBe(RadioLink.RateMbps(1_200, 0.5, Radio.Uplink));
        links.RateMbps(GroundDirection.Down, 1_200, 0.5).ShouldBe(RadioLink.RateMbps(1_200, 0.5, Radio.Downlink));
        links.InterSatelliteMbps(3_000).ShouldBe(RadioLink.RateMbps(3_000, Math.PI / 2, Radio.InterSatellite));
        links.InterSatelliteMbps(5_001).ShouldBe(0, "sight and range stay as they are");
        links.UmbraFactor.ShouldBe(1);
        links.FastestMbps.ShouldBe(100);
        (plain.Rules(GroundDirection.Up), links.InterSatelliteRules).ShouldBe((plain.Rules(GroundDirection.Down), (FleetConfiguration.Default with { RadioLinks = Radio }).Links.InterSatelliteRules), "equal rules are one link in the catalog");
    }
}
