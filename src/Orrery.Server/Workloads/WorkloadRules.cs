using FluentValidation;
using Orrery.Contracts.Workloads;
using Orrery.Server.Artifacts;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Workloads;

internal sealed class PlacementRules : AbstractValidator<PlacementRequest>
{
    public PlacementRules()
    {
        RuleFor(placement => placement.Satellites).Must(list => list is null or { Count: > 0 and <= WorkloadLimits.MostSatellites })
            .WithMessage($"must name 1 to {WorkloadLimits.MostSatellites} satellites; leave it out for the whole fleet");
        RuleFor(placement => placement.Exclude).Must(list => list is null or { Count: <= WorkloadLimits.MostSatellites })
            .WithMessage($"must name at most {WorkloadLimits.MostSatellites} satellites");
        RuleFor(placement => placement.GroundStations).Must(list => list is null or { Count: > 0 and <= WorkloadLimits.MostStations })
            .WithMessage($"must name 1 to {WorkloadLimits.MostStations} ground stations; leave it out for all");
        RuleFor(placement => placement.Location).Must(location => location is null or "orbit" or "ground").WithMessage("must be orbit or ground");
        RuleFor(placement => placement.Workspace).Must(WorkloadValidator.BePrintable).WithMessage("must be 1 to 128 printable characters");
    }
}

internal sealed class ParallelismRules : AbstractValidator<ParallelismRequest>
{
    public ParallelismRules()
    {
        RuleFor(parallelism => parallelism.Class).Must(name => name is null || WorkloadClasses.All.Contains(name))
            .WithMessage($"must be one of: {string.Join(", ", WorkloadClasses.All)}");
        RuleFor(parallelism => parallelism.Stages).InclusiveBetween(1, WorkloadLimits.MostStages).WithMessage($"must be from 1 to {WorkloadLimits.MostStages}");
        RuleFor(parallelism => parallelism.Stages).Null().When(parallelism => parallelism.Class is not "model-parallel")
            .WithMessage("belongs to the class model-parallel");
        RuleFor(parallelism => parallelism.Shards).InclusiveBetween(1, WorkloadLimits.MostStages).WithMessage($"must be from 1 to {WorkloadLimits.MostStages}");
        RuleFor(parallelism => parallelism.Rounds).InclusiveBetween(1, WorkloadLimits.MostRounds).WithMessage($"must be from 1 to {WorkloadLimits.MostRounds}");
        RuleFor(parallelism => parallelism.MinParticipants).InclusiveBetween(1, WorkloadLimits.MostStages).WithMessage($"must be from 1 to {WorkloadLimits.MostStages}");
        RuleFor(parallelism => parallelism.MinCoverage).InclusiveBetween(0, 1).WithMessage("must be from 0 to 1");
        RuleFor(parallelism => parallelism.Steps).InclusiveBetween(1, WorkloadLimits.MostRounds).WithMessage($"must be from 1 to {WorkloadLimits.MostRounds}");
        RuleFor(parallelism => parallelism.CutAfter).Must(WorkloadValidator.BePrintable).WithMessage("must be the name of a layer");
        RuleFor(parallelism => parallelism.Shards).Null().When(parallelism => parallelism.Class is not WorkloadClasses.DataParallel).WithMessage("belongs to the class data-parallel");
        RuleFor(parallelism => parallelism.Rounds).Null().When(IsNotFederated).WithMessage("belongs to the class federated");
        RuleFor(parallelism => parallelism.MinParticipants).Null().When(IsNotFederated).WithMessage("belongs to the class federated");
        RuleFor(parallelism => parallelism.MinCoverage).Null().When(parallelism => parallelism.Class is not WorkloadClasses.Spatial).WithMessage("belongs to the class spatial");
        RuleFor(parallelism => parallelism.Steps).Null().When(IsNotSplit).WithMessage("belongs to the class split-learning");
        RuleFor(parallelism => parallelism.CutAfter).Null().When(IsNotSplit).WithMessage("belongs to the class split-learning");
    }

    private static bool IsNotFederated(ParallelismRequest parallelism) => parallelism.Class is not WorkloadClasses.Federated;

    private static bool IsNotSplit(ParallelismRequest parallelism) => parallelism.Class is not WorkloadClasses.SplitLearning;
}

internal sealed class ModelRules : AbstractValidator<ModelRequest>
{
    public ModelRules()
    {
        RuleFor(model => model.Layers).NotNull().WithMessage("is required in a model");
        RuleFor(model => model.Layers).Must(layers => layers is null or { Count: > 0 and <= WorkloadLimits.MostLayers })
            .WithMessage($"must have 1 to {WorkloadLimits.MostLayers} layers");
        RuleForEach(model => model.Layers).NotNull().WithMessage("must be an object").SetValidator(new LayerRules());
        RuleFor(model => model.QualityTiers).Must(tiers => tiers is null or { Count: > 0 and <= WorkloadLimits.MostQualityTiers })
            .WithMessage($"must have 1 to {WorkloadLimits.MostQualityTiers} tiers, the best first");
        RuleFor(model => model.QualityTiers).Must(tiers => tiers is null || tiers.Select(tier => tier?.Name).Distinct(StringComparer.Ordinal).Count() == tiers.Count)
            .WithMessage("must have names that differ");
        RuleForEach(model => model.QualityTiers).NotNull().WithMessage("must be an object").SetValidator(new QualityTierRules());
    }
}

internal sealed class QualityTierRules : AbstractValidator<QualityTierRequest>
{
    private const string Factor = "must be above 0 and at most 1";

    public QualityTierRules()
    {
        RuleFor(tier => tier.Name).NotNull().WithMessage("is required").Must(WorkloadValidator.BePrintable).WithMessage("must be 1 to 128 printable characters");
        RuleFor(tier => tier.ComputeFactor).Must(IsFactor).WithMessage(Factor);
        RuleFor(tier => tier.ParamsFactor).Must(IsFactor).WithMessage(Factor);
        RuleFor(tier => tier.ActivationFactor).Must(IsFactor).WithMessage(Factor);
        RuleFor(tier => tier.OutputFactor).Must(IsFactor).WithMessage(Factor);
    }

    private static bool IsFactor(double? factor) => factor is null or (> 0 and <= 1);
}

internal sealed class LayerRules : AbstractValidator<LayerRequest>
{
    public LayerRules()
    {
        RuleFor(layer => layer.Name).NotNull().WithMessage("is required").Must(WorkloadValidator.BePrintable).WithMessage("must be 1 to 128 printable characters");
        RuleFor(layer => layer.ComputeFwd).NotNull().WithMessage("is required: TFLOP of one forward pass")
            .InclusiveBetween(0, WorkloadLimits.LargestNumber).WithMessage("must be from 0 to 1e9 TFLOP");
        RuleFor(layer => layer.ActivationMb).InclusiveBetween(0, WorkloadLimits.LargestNumber).WithMessage("must be from 0 to 1e9 MB");
        RuleFor(layer => layer.ParamsMb).InclusiveBetween(0, WorkloadLimits.LargestNumber).WithMessage("must be from 0 to 1e9 MB");
    }
}

internal sealed class DataRules : AbstractValidator<DataRequest>
{
    public DataRules()
    {
        RuleFor(data => data.InputMb).InclusiveBetween(0, WorkloadLimits.LargestNumber).WithMessage("must be from 0 to 1e9 MB");
        RuleFor(data => data.OutputMb).InclusiveBetween(0, WorkloadLimits.LargestNumber).WithMessage("must be from 0 to 1e9 MB");
        RuleFor(data => data.Batches).InclusiveBetween(1, WorkloadLimits.MostBatches).WithMessage($"must be from 1 to {WorkloadLimits.MostBatches}");
    }
}

internal sealed class ProgramRules : AbstractValidator<ProgramRequest>
{
    public ProgramRules()
    {
        RuleFor(program => program.EntryPoint).Must(text => text is null || (text.Length is > 0 and <= WorkloadLimits.LongestEntryPoint && !text.Contains('\0')))
            .WithMessage($"must be 1 to {WorkloadLimits.LongestEntryPoint} characters of shell source, plain or in base64");
        RuleFor(program => program.EntryPoint).NotNull().When(program => program.Env is not null || program.Inputs is not null)
            .WithMessage("is required with env or inputs: shell source, plain or in base64");
        RuleFor(program => program.Env).Must(ProgramLimits.AreVariables).WithMessage(ProgramLimits.Variables);
        RuleFor(program => program.Inputs).Must(inputs => inputs is null or { Count: <= ProgramLimits.MostInputs }).WithMessage($"must be at most {ProgramLimits.MostInputs}; put many files into one archive");
        RuleFor(program => program.Inputs).Must(ProgramLimits.AreApart).WithMessage("must have names that differ, none of which is a folder of another");
        RuleForEach(program => program.Inputs).NotNull().WithMessage("must be an object").SetValidator(new ProgramInputRules());
        RuleFor(program => program.Image).Must(image => image is null || (image.Length is > 0 and <= WorkloadLimits.LongestImage && !image.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))))
            .WithMessage($"must be 1 to {WorkloadLimits.LongestImage} characters without spaces, like registry.example.org/group/name:tag");
        RuleFor(program => program.DurationS).InclusiveBetween(0.001, 172_800).WithMessage("must be from 0.001 to 172800 s");
    }
}

internal sealed class ProgramInputRules : AbstractValidator<ProgramInput>
{
    public ProgramInputRules()
    {
        RuleFor(input => input.Name).Must(ProgramLimits.IsPath).WithMessage(ProgramLimits.Path);
        RuleFor(input => input.ContentId).Must(id => ContentId.TryRead(id, out _)).WithMessage(ContentId.Shape).OverridePropertyName("contentId");
    }
}

internal sealed class PolicyRules : AbstractValidator<PolicyRequest>
{
    public static readonly string[] Objectives = ["min_latency", "balanced", "max_reliability"];

    public PolicyRules()
    {
        RuleFor(policy => policy.Objective).Must(name => name is null || Objectives.Contains(name)).WithMessage($"must be one of: {string.Join(", ", Objectives)}");
        RuleFor(policy => policy.StartAt).Must(start => start is null or { Year: >= 1958 and <= 2100 }).WithMessage("must be between 1958 and 2100");
        RuleFor(policy => policy.DeadlineS).InclusiveBetween(0.001, 31_536_000).WithMessage("must be from 0.001 to 31536000 s");
        RuleFor(policy => policy.MinElevationDeg).InclusiveBetween(0, 89).WithMessage("must be from 0 to 89 degrees");
        RuleFor(policy => policy.HorizonH).InclusiveBetween(1, WorkloadLimits.LongestHorizonH).WithMessage("must be from 1 to 48 hours");
        RuleFor(policy => policy.MaxAttempts).InclusiveBetween(1, WorkloadLimits.MostAttempts).WithMessage($"must be from 1 to {WorkloadLimits.MostAttempts}");
        RuleFor(policy => policy.ExpectFingerprint).Must(WorkloadValidator.BePrintable).WithMessage("must be the fingerprint of a preview");
        RuleFor(policy => policy.MaxCents).GreaterThanOrEqualTo(0).WithMessage("must not be negative");
    }
}
