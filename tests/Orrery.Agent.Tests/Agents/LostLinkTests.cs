using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Orrery.Agent.Tests.Fakes;

namespace Orrery.Agent.Tests.Agents;

public sealed class LostLinkTests
{
    private static readonly string[] Whole =
    [
        "job.accepted", "placement.decided", "step.started", "step.progress", "step.progress", "step.progress", "step.completed", "job.completed",
    ];

    private enum Link
    {
        Works,
        Refused,
        Busy,
        Broken,
        LosesAnswer,
    }

    [Fact]
    public void However_the_link_fails_every_event_arrives_once_and_in_order()
    {
        var links = Gen.Elements(Enum.GetValues<Link>()).ListOf();
        Prop.ForAll(links.ToArbitrary(), pattern =>
        {
            using var rig = new Rig();
            rig.Server.Work.Enqueue(Plans.Of("compute"));
            rig.Server.BeforeEvents = call => call < pattern.Count ? Failure(pattern[call]) : null;
            rig.Server.LosesAnswer = call => call < pattern.Count && pattern[call] == Link.LosesAnswer;
            rig.Start();
            rig.Until(() => rig.Server.Polls.Count == 2);
            rig.Server.Types.ShouldBe(Whole);
            rig.Server.RepeatsOfAnswered.ShouldBe(0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void A_kill_at_any_moment_loses_and_repeats_nothing()
    {
        for (var killAt = 0; killAt <= 130; killAt += 5)
        {
            using var rig = new Rig();
            var at = Plans.Start.AddSeconds(killAt);
            rig.Server.Work.Enqueue(Plans.Of("compute"));
            rig.Start();
            rig.Until(() => rig.Clock.Now >= at);
            rig.Kill();
            rig.Start();
            rig.Until(() => rig.Server.Polls.Count >= 2 && rig.Server.Types.Contains("job.completed"));
            rig.Server.Types.ShouldBe(Whole);
            rig.Server.RepeatsOfAnswered.ShouldBe(0);
        }
    }

    [Fact]
    public void A_kill_after_each_call_whose_answer_is_lost_loses_and_doubles_nothing()
    {
        for (var lost = 0; lost < 5; lost++)
        {
            using var rig = new Rig();
            var call = lost;
            rig.Server.Work.Enqueue(Plans.Of("compute"));
            rig.Server.LosesAnswer = n => n == call;
            rig.Start();
            rig.Until(() => rig.Server.EventCalls == call + 1);
            rig.Kill();
            rig.Start();
            rig.Until(() => rig.Server.Types.Contains("job.completed"));
            rig.Server.Types.ShouldBe(Whole);
        }
    }

    [Fact]
    public void What_a_killed_agent_did_without_a_link_is_reported_by_the_next()
    {
        using var rig = new Rig();
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Server.BeforeEvents = _ => FakeServer.Unreachable();
        rig.Start();
        rig.Until(() => rig.Clock.Now >= Plans.Start.AddMinutes(10));
        rig.Server.Events.ShouldBeEmpty();
        rig.Kill();
        rig.Server.BeforeEvents = _ => null;
        rig.Start();
        rig.Until(() => rig.Server.Polls.Count == 2);
        rig.Server.Types.ShouldBe(Whole);
        rig.Server.Events[^1].Timestamp!.Value.ToDateTimeOffset().ShouldBe(Plans.Start.AddSeconds(100));
    }

    [Fact]
    public void An_orderly_end_and_a_new_start_go_on_where_it_was()
    {
        using var rig = new Rig();
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Start();
        rig.Until(() => rig.Server.Types.Contains("step.progress"));
        rig.Stop();
        rig.Server.Types.ShouldBe(Whole[..4]);
        rig.Start();
        rig.Until(() => rig.Server.Polls.Count == 2);
        rig.Server.Types.ShouldBe(Whole);
    }

    [Fact]
    public void A_data_folder_belongs_to_one_agent_at_a_time()
    {
        using var rig = new Rig();
        rig.Start();
        using var stop = new CancellationTokenSource();
        var second = new SatelliteAgent(rig.Options, null, rig.Clock, rig.Server).Run(stop.Token);
        second.IsFaulted.ShouldBeTrue();
        second.Exception.InnerException.ShouldBeOfType<IOException>().Message.ShouldContain("Another agent");
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        using var rig = new Rig();
        Should.Throw<ArgumentException>(() => new SatelliteAgent(rig.Options with { Speed = 0 }));
        Should.Throw<ArgumentException>(() => new SatelliteAgent(rig.Options with { PollInterval = TimeSpan.Zero }));
        Should.Throw<ArgumentException>(() => new SatelliteAgent(rig.Options with { SatelliteId = "99999", Contacts = true }))
            .Message.ShouldContain("elements");
    }

    private static Exception? Failure(Link link) => link switch
    {
        Link.Refused => FakeServer.Refusal(HttpStatusCode.TooManyRequests),
        Link.Busy => FakeServer.Refusal(HttpStatusCode.ServiceUnavailable),
        Link.Broken => FakeServer.Unreachable(),
        _ => null,
    };
}
