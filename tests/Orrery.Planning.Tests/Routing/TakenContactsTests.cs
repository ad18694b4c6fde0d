using Orrery.Planning.Catalog;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Tests.Routing;

/// <summary>What one transfer takes is not there for the next, in the world in which it was taken and in no other.</summary>
public sealed class TakenContactsTests
{
    private const int Satellites = 14;

    [Fact]
    public void A_world_from_which_contacts_are_taken_is_the_world_in_which_they_are_booked()
    {
        var later = 0;
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            var fleet = Fleet(random);
            var world = World(fleet, []);
            var before = Arrivals(world);
            List<Booking> bookings = [];
            for (var i = 0; i < 10; i++)
            {
                var satellite = random.Next(Satellites);
                var fork = world.Fork();
                var path = random.Next(2) == 0 ? fork.Route(satellite, INetwork.Ground, world.Start, 900) : fork.Route(INetwork.Ground, satellite, world.Start, 200);
                if (path is null)
                    continue;
                fork.Take(path);
                bookings.AddRange(path.Hops.SelectMany(hop => hop.Legs.Select(leg =>
                    new Booking(BookingKind.Station, hop.Link!.Contacts[leg.Tag].Station!, Instant.At(leg.Start), Instant.At(leg.End)))));
                Arrivals(world).ShouldBe(before, "what a fork takes stays in the world it comes from");
                world = fork;
                var booked = World(fleet, bookings);
                var now = Arrivals(world);
                now.Zip(Arrivals(booked)).ShouldAllBe(pair => pair.First == pair.Second || Math.Abs(pair.First - pair.Second) < 1e-4, $"seed {seed}, after {i + 1}");
                now.Zip(Times(world.EarliestArrival, world.Start)).ShouldAllBe(pair => pair.Second <= pair.First + 1e-6);
                later += now.Zip(before).Count(pair => pair.First > pair.Second + 1);
                before = now;
            }
        }

        later.ShouldBeGreaterThan(50, "others wait for what was taken");
    }

    private static double[] Arrivals(ContactNetwork world) => Times(world.Arrival, world.Start);

    /// <summary>To the ground, from it, and to another satellite.</summary>
    private static double[] Times(Func<int, int, double, double, double> arrival, double ready) =>
    [
        .. Enumerable.Range(0, Satellites).SelectMany(satellite => new[]
        {
            arrival(satellite, INetwork.Ground, ready, 300), arrival(INetwork.Ground, satellite, ready, 50), arrival(satellite, (satellite + 1) % Satellites, ready, 100),
        }),
    ];

    private static List<TrackedSatellite> Fleet(Random random)
    {
        var iss = TestFleet.Of(25544).Satellites[0];
        return
        [
            .. Enumerable.Range(0, Satellites).Select(i => new TrackedSatellite(iss with
            {
                Elements = iss.Elements with { NoradId = 90_000 + i, Name = $"S{i}", RaanDeg = 360 * random.NextDouble(), MeanAnomalyDeg = 360 * random.NextDouble() },
            })),
        ];
    }

    private static ContactNetwork World(List<TrackedSatellite> fleet, List<Booking> bookings)
    {
        var bundled = TestFleet.Of(25544);
        var start = Instant.Of(TestFleet.Epoch);
        return new(new ContactCatalog(), fleet, new StationSet([.. bundled.Stations.Take(3)], 5), bundled.Configuration, new BookedTimes(bookings), new PlanningOptions())
        {
            Start = start,
            End = start + TimeSpan.FromHours(6).TotalSeconds,
            Objective = PlanObjective.MinLatency,
            Relays = false,
        };
    }
}
