using FsCheck;
using FsCheck.Fluent;
using Orrery.Planning.Catalog;
using Orrery.Planning.Timeline;
using Interval = Orrery.Planning.Timeline.Interval;

namespace Orrery.Planning.Tests.Catalog;

public sealed class GroundEnvelopeTests
{
    private const double Day = 1000;

    /// <summary>Combining anew only what is taken gives what combining everything anew gives, in the time that is asked for.</summary>
    [Fact]
    public void What_is_taken_leaves_the_fastest_of_the_other_stations() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var stations = Enumerable.Range(0, 3).Select(i => Station(random, $"s{i}")).ToList();
        var taken = stations.ConvertAll(_ => Times(random, 3));
        var from = random.NextDouble() * Day / 2;
        var time = new Interval(from, from + (random.NextDouble() * Day / 2));

        var left = GroundEnvelope.Without(GroundEnvelope.Of(stations), stations.Zip(taken, (station, times) => (station, (IReadOnlyList<Interval>)times)), time);

        var whole = GroundEnvelope.Of([.. stations.Zip(taken, (station, times) => station.Without(times))]);
        for (var i = 0; i < 50; i++)
        {
            var ready = time.Start + (random.NextDouble() * (time.End - time.Start));
            var mb = random.NextDouble() * 200;
            var wanted = whole.Volume.Finish(ready, mb);
            var found = left.Volume.Finish(ready, mb);
            if (wanted < time.End - 1e-6)
                found.ShouldBe(wanted, 1e-6);
            else
                found.ShouldBeGreaterThanOrEqualTo(time.End - 1e-5, "no earlier than it can be");
        }
    }).QuickCheckThrowOnFailure();

    private static LinkCurve Station(Random random, string id)
    {
        var contacts = Times(random, 6);
        return new(
            new([.. contacts.Select((contact, i) => new Cell(contact.Start, contact.End, (contact.End - contact.Start) * (0.5 + random.NextDouble()), i))]),
            [.. contacts.Select(contact => new Contact(id, id, contact.Start, contact.End))]);
    }

    /// <summary>In order, without overlap.</summary>
    private static List<Interval> Times(Random random, int most) =>
        Interval.Union(Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.NextDouble() * Day).Select(start => new Interval(start, start + (random.NextDouble() * 150))));
}
