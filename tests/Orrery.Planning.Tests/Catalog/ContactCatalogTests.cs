using Orrery.Orbits;
using Orrery.Planning.Catalog;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Tests.Catalog;

public sealed class ContactCatalogTests
{
    private static readonly FleetConfiguration Configuration = FleetConfiguration.Default;

    private static readonly BlockRange Range = BlockRange.Cover(Instant.Of(TestFleet.Epoch), Instant.Of(TestFleet.Epoch.AddDays(2)));

    private static readonly TrackedSatellite[] Fleet = [.. TestFleet.Of(TestFleet.Documented).Satellites.Select(satellite => new TrackedSatellite(satellite))];

    [Fact]
    public void Contacts_over_the_edges_of_blocks_are_those_of_one_search_over_the_whole_time()
    {
        var propagator = new Sgp4Propagator(Fleet[0].Elements);
        foreach (var station in Configuration.GroundStations)
        {
            var contacts = TestFleet.Catalog.ToStation(Fleet[0], station, 5, GroundDirection.Down, Range, Configuration).Contacts;
            var whole = PassFinder.Find(propagator, station.Site, 5, Instant.At(Range.Start), Instant.At(Range.End));

            contacts.Count.ShouldBe(whole.Count, station.Id);
            foreach (var (contact, pass) in contacts.Zip(whole))
            {
                contact.Start.ShouldBe(Instant.Of(pass.Rise), 0.2);
                contact.End.ShouldBe(Instant.Of(pass.Set), 0.2);
            }
        }
    }

    [Fact]
    public void The_envelope_is_never_slower_than_a_station()
    {
        var set = new StationSet(Configuration.GroundStations, 5);
        var envelope = TestFleet.Catalog.ToGround(Fleet[1], set, GroundDirection.Down, Range, Configuration).Volume;
        foreach (var station in Configuration.GroundStations)
        {
            foreach (var cell in TestFleet.Catalog.ToStation(Fleet[1], station, set.MaskDeg(station), GroundDirection.Down, Range, Configuration).Volume.Cells)
                (envelope.At(cell.End) - envelope.At(cell.Start)).ShouldBeGreaterThanOrEqualTo(cell.Amount - 1e-6);
        }
    }

    [Fact]
    public void The_volume_of_a_link_is_the_integral_of_its_rate()
    {
        var companion = new TrackedSatellite(TestFleet.Companion);
        var limits = Configuration.InterSatelliteLink;
        var (a, b) = (new Sgp4Propagator(Fleet[0].Elements), new Sgp4Propagator(companion.Elements));
        var link = TestFleet.Catalog.BetweenSatellites(Fleet[0], companion, Range, Configuration);
        link.Contacts.Count.ShouldBeGreaterThan(1);
        foreach (var contact in link.Contacts.Take(5))
        {
            var mb = 0.0;
            for (var time = contact.Start + 0.5; time < contact.End; time++)
                mb += Rate(time) / 8;
            (link.Volume.At(contact.End) - link.Volume.At(contact.Start)).ShouldBe(mb, (mb * 0.002) + 15);
        }

        double Rate(double time)
        {
            var at = Instant.At(time);
            a.Propagate(at, out var first, out _);
            b.Propagate(at, out var second, out _);
            return InterSatelliteLink.RateMbps((first - second).Length, Eclipse.InUmbra(first, at) || Eclipse.InUmbra(second, at), limits);
        }
    }
}
