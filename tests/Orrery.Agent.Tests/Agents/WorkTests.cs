using System.Net;
using Orrery.Agent.Contacts;
using Orrery.Agent.Tests.Fakes;
using Orrery.Contracts.Deployments;
using Orrery.Orbits;

namespace Orrery.Agent.Tests.Agents;

public sealed class WorkTests : IDisposable
{
    private readonly Rig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void An_agent_registers_once_executes_its_work_and_reports_it()
    {
        rig.Server.Work.Enqueue(Plans.Of("compute", "downlink"));
        rig.Start();
        rig.Until(() => rig.Server.Types.Contains("job.completed") && rig.Server.Polls.Count == 4);
        rig.Server.Registrations.ShouldHaveSingleItem().SatelliteName.ShouldBe("ISS (ZARYA)");
        rig.Server.Registrations[0].OrbitAltitudeKm!.Value.ShouldBeInRange(370, 450);
        rig.Server.Events.Count.ShouldBe(14);
        rig.Server.Events[^1].Timestamp!.Value.ToDateTimeOffset().ShouldBe(Plans.Start.AddSeconds(200));
    }

    [Fact]
    public void It_polls_at_its_interval_but_not_while_it_works()
    {
        rig.Start();
        rig.Until(() => rig.Server.Polls.Count == 3);
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Until(() => rig.Server.Polls.Count == 6);
        rig.Server.Polls.Select(at => (at - Plans.Start).TotalSeconds).ShouldBe([0, 30, 60, 90, 190, 220]);
    }

    [Fact]
    public void It_does_not_poll_before_everything_is_reported()
    {
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Server.BeforeEvents = _ => rig.Clock.Now < Plans.Start.AddSeconds(500) ? FakeServer.Unreachable() : null;
        rig.Start();
        rig.Until(() => rig.Server.Polls.Count == 2);
        rig.Server.Polls[1].ShouldBeInRange(Plans.Start.AddSeconds(500), Plans.Start.AddSeconds(505.1));
        rig.Server.Types.Last().ShouldBe("job.completed");
    }

    [Fact]
    public void A_refused_registration_is_ignored()
    {
        rig.Server.OnRegister = () => FakeServer.Refusal(HttpStatusCode.Forbidden);
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Start();
        rig.Until(() => rig.Server.Types.Contains("job.completed"));
        rig.Server.Registrations.ShouldBeEmpty();
    }

    [Fact]
    public void It_registers_when_the_server_is_there_and_polls_on_after_failures()
    {
        rig.Server.OnRegister = () => rig.Clock.Now < Plans.Start.AddMinutes(2) ? FakeServer.Unreachable() : null;
        rig.Server.OnPoll = () => rig.Clock.Now < Plans.Start.AddMinutes(4) ? FakeServer.Refusal(HttpStatusCode.TooManyRequests) : null;
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Start();
        rig.Until(() => rig.Server.Types.Contains("job.completed"));
        rig.Server.Registrations.Count.ShouldBe(1);
    }

    [Fact]
    public void At_speed_its_mission_time_runs_faster_than_the_wall()
    {
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Start(rig.Options with { Speed = 10 });
        rig.Until(() => rig.Server.Types.Contains("job.completed"));
        (rig.Clock.Now - Plans.Start).TotalSeconds.ShouldBe(10);
        rig.Server.Events[^1].Timestamp!.Value.ToDateTimeOffset().ShouldBe(Plans.Start.AddSeconds(100));
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("failed")]
    public void It_stops_within_seconds_when_its_deployment_is_over(string status)
    {
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Start();
        rig.Until(() => rig.Server.Types.Contains("step.progress"));
        rig.Server.Status = status;
        rig.Until(() => rig.Server.Types.Contains("step.stopped"));
        (rig.Clock.Now - Plans.Start).TotalSeconds.ShouldBeInRange(25, 31);
        rig.Until(() => rig.Server.Polls.Count == 2);
        rig.Server.Types.Last().ShouldBe("step.stopped");
    }

    [Fact]
    public void Work_that_is_not_its_own_any_more_is_dropped_and_the_next_is_taken()
    {
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Server.BeforeEvents = call => call == 0 ? FakeServer.Refusal(HttpStatusCode.NotFound) : null;
        rig.Start();
        rig.Until(() => rig.Server.Polls.Count == 2);
        rig.Server.Types.ShouldNotContain("job.completed");
        rig.Log.All.ShouldContain(line => line.Contains("job.accepted was refused and is dropped"));
    }

    [Fact]
    public void A_refused_event_is_dropped_with_a_line_in_the_log_and_spoils_no_other()
    {
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Server.Refuses = post => post.Type == "step.started" ? new EventPostResult(400, null, "not today") : null;
        rig.Start();
        rig.Until(() => rig.Server.Types.Contains("job.completed"));
        rig.Server.Events.Count.ShouldBe(7);
        rig.Log.All.ShouldContain(line => line.Contains("compute-0/step.started") && line.Contains("not today"));
    }

    [Fact]
    public void Telemetry_tells_place_power_and_what_it_does()
    {
        rig.Server.Work.Enqueue(Plans.Of("compute", "downlink"));
        rig.Start();
        rig.Until(() => rig.Server.Readings.Count == 9);
        rig.Server.Readings.Select(reading => reading.Status).Distinct().ShouldBe(["idle", "executing", "transferring"], ignoreOrder: true);
        foreach (var reading in rig.Server.Readings)
        {
            reading.BatteryPercent!.Value.ShouldBeInRange(1, 100);
            Math.Abs(reading.Position!.Lat!.Value).ShouldBeLessThan(52);
            reading.Position.AltitudeKm!.Value.ShouldBeInRange(370, 450);
        }
    }

    [Fact]
    public void With_contacts_it_talks_only_over_a_station_and_loses_nothing()
    {
        rig.Server.Work.Enqueue(Plans.Of("dep-1", 3000, "compute"));
        rig.Start(rig.Options with { Contacts = true });
        rig.Until(() => rig.Server.Types.Contains("job.completed"));
        rig.Server.Types.Count(type => type != "checkpoint.saved").ShouldBe(8);
        var contacts = new StationContacts(new Sgp4Propagator(BundledFleet.Satellites[0].Elements), FleetConfiguration.Default.GroundStations);
        var calls = rig.Server.Polls.Concat(rig.Server.Readings.Select(reading => reading.Timestamp!.Value.ToDateTimeOffset())).Order();
        calls.ShouldAllBe(at => contacts.NextContact(at) == at);
        var quiet = rig.Server.Readings.Zip(rig.Server.Readings.Skip(1))
            .Max(pair => pair.Second.Timestamp!.Value.ToDateTimeOffset() - pair.First.Timestamp!.Value.ToDateTimeOffset());
        quiet.TotalMinutes.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void The_key_is_nowhere_in_its_log_or_its_folder()
    {
        rig.Server.Work.Enqueue(Plans.Of("compute"));
        rig.Server.BeforeEvents = call => call < 3 ? FakeServer.Refusal(HttpStatusCode.Unauthorized) : null;
        rig.Start();
        rig.Until(() => rig.Server.Types.Contains("job.completed"));
        rig.Stop();
        rig.Log.All.ShouldNotBeEmpty();
        rig.Log.All.Append(rig.Options.ToString()).Append(File.ReadAllText(rig.Journal)).ShouldAllBe(text => !text.Contains("secret"));
    }
}
