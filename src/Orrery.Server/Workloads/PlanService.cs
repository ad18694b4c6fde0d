using Microsoft.Extensions.Options;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Workloads;
using Orrery.Planning;
using Orrery.Server.Errors;
using Orrery.Server.Fleet;
using Orrery.Server.Hosting;
using Orrery.Server.Identity;
using Orrery.Server.Metrics;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Workloads;

/// <summary>A request with its plan, and what it was planned against.</summary>
/// <param name="Inputs">Of its program, which its user may read.</param>
/// <param name="Counter">The planning counter at that moment; submit commits only while it stands.</param>
internal sealed record PlannedWorkload(WorkloadRequest Request, string Class, string Mode, WorkSpec Spec, Plan Plan, IReadOnlyList<ProgramFile> Inputs, long Counter);

/// <summary>Plans requests on the fleet, bookings and tariff as they are: the same for preview, submit and re-plans.</summary>
internal sealed class PlanService(
    Planner planner, FleetView fleet, BookingStore bookings, DefaultMode defaultMode, Ground.IGroundRuns ground, ProgramInputs brought, IOptions<PlanningSettings> settings, TimeProvider clock)
{
    private static readonly HashSet<string> TrainingTypes = ["fine-tune", "training"];

    public async Task<PlannedWorkload> Plan(WorkloadRequest request, Principal caller, bool submitting, CancellationToken ct)
    {
        WorkloadValidator.Check(request);
        var userId = caller.UserId;
        var name = request.Parallelism?.Class ?? WorkloadClasses.Single;
        WorkloadClasses.CheckRuns(name, submitting);
        var mode = request.Mode ?? await defaultMode.Current(ct);
        if (mode == RunMode.Live && request.SpeedMultiplier is not null)
            throw Refuse.Invalid("speed_multiplier", "is for simulated workloads only");
        if (request.Placement?.Location == StageWorkBuilder.GroundPlace || WorkloadClasses.JoinsOnGround(name) || (mode == RunMode.Simulated && request.Program?.EntryPoint is not null))
            await ground.Workspace(request, userId, ct);
        var inputs = await brought.Check(request.Program?.Inputs, caller, ct);
        var (members, counter) = await fleet.Snapshot(userId, ct);
        var spec = Spec(request, name, Start(request, mode, members));
        var snapshot = Snapshot(request, members);
        var booked = mode == RunMode.Live ? await bookings.From(spec.StartAt, ct) : [];
        return new PlannedWorkload(request, name, mode, spec, Timed(new PlanningInput { Spec = spec, Fleet = snapshot, Bookings = booked }, ct), inputs, counter);
    }

    /// <summary>Plans what is left of a running workload.</summary>
    public async Task<Plan> PlanAgain(WorkloadRequest request, WorkloadRow workload, PlanningInput progress, CancellationToken ct)
    {
        var (members, _) = await fleet.Snapshot(workload.UserId, ct);
        var booked = workload.IsSimulated ? [] : await bookings.From(workload.StartAt, ct, except: workload.Id);
        return Timed(progress with { Fleet = Snapshot(request, members), Bookings = booked }, ct);
    }

    public FleetSnapshot EmptyFleet => new() { Satellites = [], Stations = [], Configuration = fleet.Configuration };

    public static WorkSpec Spec(WorkloadRequest request, string name, DateTimeOffset start) => new()
    {
        Class = WorkloadClasses.Planned(name),
        Training = request.Type is { } type && TrainingTypes.Contains(type),
        Location = request.Placement?.Location == "ground" ? StageLocation.Ground : StageLocation.Orbit,
        Layers =
        [
            .. (request.Model?.Layers ?? []).Select(layer =>
                new ModelLayer(layer.Name!, layer.ComputeFwd!.Value, layer.ActivationMb ?? 0, layer.ParamsMb ?? 0)),
        ],
        Tiers =
        [
            .. (request.Model?.QualityTiers ?? []).Select(tier => new QualityTier(
                tier.Name!, tier.ComputeFactor ?? 1, tier.ParamsFactor ?? 1, tier.ActivationFactor ?? 1, tier.OutputFactor ?? 1)),
        ],
        Stages = request.Parallelism?.Stages,
        Shards = request.Parallelism?.Shards,
        Area = request.AreaOfInterest is { } area ? AreaReader.Read(area) : null,
        Rounds = request.Parallelism?.Rounds ?? 1,
        MinParticipants = request.Parallelism?.MinParticipants,
        MinCoverage = request.Parallelism?.MinCoverage ?? 0,
        NamesSatellites = request.Placement?.Satellites is not null,
        Steps = request.Parallelism?.Steps ?? 1,
        CutAfter = request.Parallelism?.CutAfter,
        Owner = request.Data?.Owner is { } owner && int.TryParse(owner.Value, out var norad) ? norad : null,
        InputMb = request.Data?.InputMb ?? 0,
        OutputMb = request.Data?.OutputMb ?? 0,
        Batches = request.Data?.Batches ?? 1,
        DurationS = request.Program?.DurationS,
        Objective = request.Policy?.Objective switch
        {
            "balanced" => PlanObjective.Balanced,
            "max_reliability" => PlanObjective.MaxReliability,
            _ => PlanObjective.MinLatency,
        },
        StartAt = start,
        Horizon = TimeSpan.FromHours(request.Policy?.HorizonH ?? WorkloadLimits.DefaultHorizonH),
        Deadline = request.Policy?.DeadlineS is { } deadline ? TimeSpan.FromSeconds(deadline) : null,
        MinElevationDeg = request.Policy?.MinElevationDeg ?? WorkloadLimits.DefaultElevationDeg,
    };

    private DateTimeOffset Start(WorkloadRequest request, string mode, IReadOnlyList<FleetMember> members)
    {
        var now = clock.GetUtcNow();
        var given = request.Policy?.StartAt;
        if (given is null && mode == RunMode.Simulated && settings.Value.SimulatedStart == "fleet_epoch" && members.Count > 0)
            return members.Max(member => member.Elements.Epoch);
        if (mode == RunMode.Live && given < now.AddMinutes(-1))
            throw Refuse.Invalid("policy.start_at", "lies in the past; a live workload starts now or later");
        var start = given ?? now;
        return new DateTimeOffset(start.UtcTicks - (start.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    private FleetSnapshot Snapshot(WorkloadRequest request, IReadOnlyList<FleetMember> members)
    {
        var chosen = members;
        if (request.Placement?.Satellites is { } named)
        {
            var byId = members.ToDictionary(member => member.Id, StringComparer.Ordinal);
            chosen = [.. named.Select(one => one.Value).Distinct(StringComparer.Ordinal).Select((id, i) =>
                byId.GetValueOrDefault(id) ?? throw Refuse.Invalid("placement.satellites", $"'{Refuse.Shorten(id)}' is not a satellite of your fleet"))];
        }
        var excluded = (request.Placement?.Exclude ?? []).Select(one => one.Value).ToHashSet(StringComparer.Ordinal);
        return new FleetSnapshot
        {
            Satellites = [.. chosen.Where(member => !excluded.Contains(member.Id)).Select(fleet.ToPlanning)],
            Stations = Stations(request),
            Configuration = fleet.Configuration,
        };
    }

    private IReadOnlyList<Orbits.GroundStation> Stations(WorkloadRequest request) =>
        request.Placement?.GroundStations is not { } named
            ? fleet.Configuration.GroundStations
            : [.. named.Distinct(StringComparer.Ordinal).Select(id => fleet.Configuration.FindStation(id) ?? throw Refuse.Invalid(
                "placement.ground_stations",
                $"'{Refuse.Shorten(id)}' is not a ground station; there are {string.Join(", ", fleet.Configuration.GroundStations.Select(one => one.Id))}"))];

    private Plan Timed(PlanningInput input, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var plan = planner.Plan(input, ct);
        OrreryMetrics.PlanSeconds.Record(clock.GetElapsedTime(started).TotalSeconds);
        return plan;
    }
}
