using FluentValidation;
using Orrery.Contracts.Workloads;
using Orrery.Server.Errors;

namespace Orrery.Server.Workloads;

/// <summary>Checks the body of preview and submit; every fault is told at once, by field.</summary>
internal sealed class WorkloadValidator : AbstractValidator<WorkloadRequest>
{
    private static readonly WorkloadValidator Instance = Create();

    private WorkloadValidator()
    {
        RuleFor(request => request.Name).Must(BePrintable).WithMessage($"must be 1 to {WorkloadLimits.LongestName} printable characters");
        RuleFor(request => request.Type).Must(BePrintable).WithMessage($"must be 1 to {WorkloadLimits.LongestName} printable characters");
        RuleFor(request => request.Labels).Must(BeLabels).WithMessage(
            $"must be at most {WorkloadLimits.MostLabels} labels, keys up to {WorkloadLimits.LongestLabelKey} and values up to {WorkloadLimits.LongestLabelValue} printable characters");
        RuleFor(request => request.Mode).Must(mode => mode is null or RunMode.Live or RunMode.Simulated).WithMessage("must be live or simulated");
        RuleFor(request => request.SpeedMultiplier).InclusiveBetween(1, WorkloadLimits.MostSpeed).WithMessage("must be from 1 to 100000");
        RuleFor(request => request.SpeedMultiplier).Null().When(request => request.Mode == RunMode.Live).WithMessage("is for simulated workloads only");
        RuleFor(request => request.AreaOfInterest).Null().When(request => request.Parallelism?.Class is not WorkloadClasses.Spatial).WithMessage("belongs to the class spatial");
        RuleFor(request => request.AreaOfInterest).NotNull().When(request => request.Parallelism?.Class is WorkloadClasses.Spatial)
            .WithMessage("is required by the class spatial: a GeoJSON Polygon or MultiPolygon");
        RuleFor(request => request.AreaOfInterest).Custom((area, context) =>
        {
            if (area is { } given && AreaReader.Problem(given) is { } problem)
                context.AddFailure("area_of_interest", problem);
        });
        RuleFor(request => request.Data!.Owner).Null().When(request => request.Data is not null && request.Parallelism?.Class is not WorkloadClasses.SplitLearning)
            .OverridePropertyName("data.owner").WithMessage("belongs to the class split-learning");
        RuleFor(request => request.Data).Must(data => data?.Owner is not null).When(request => request.Parallelism?.Class is WorkloadClasses.SplitLearning)
            .OverridePropertyName("data.owner").WithMessage("is required by the class split-learning: the NORAD number of the satellite that holds the data");
        RuleFor(request => request.Parallelism!.CutAfter).Must((request, name) => name is null || request.Model?.Layers?.SkipLast(1).Any(layer => layer?.Name == name) == true)
            .When(request => request.Parallelism?.Class is WorkloadClasses.SplitLearning).OverridePropertyName("parallelism.cut_after")
            .WithMessage("must be the name of a layer of the model, and not of its last one");
        RuleFor(request => request.Placement!).SetValidator(new PlacementRules()).When(request => request.Placement is not null);
        RuleFor(request => request.Parallelism!).SetValidator(new ParallelismRules()).When(request => request.Parallelism is not null);
        RuleFor(request => request.Model!).SetValidator(new ModelRules()).When(request => request.Model is not null);
        RuleFor(request => request.Data!).SetValidator(new DataRules()).When(request => request.Data is not null);
        RuleFor(request => request.Program!).SetValidator(new ProgramRules()).When(request => request.Program is not null);
        RuleFor(request => request.Policy!).SetValidator(new PolicyRules()).When(request => request.Policy is not null);
        RuleFor(request => request.Placement!.Location).Must((request, location) => location != "ground" || IsSingle(request))
            .When(request => request.Placement is not null).OverridePropertyName("placement.location").WithMessage("ground is for the class single only");
    }

    /// <exception cref="ApiException">validation_error with every field.</exception>
    public static void Check(WorkloadRequest request)
    {
        var result = Instance.Validate(request);
        if (!result.IsValid)
        {
            throw Refuse.Invalid(result.Errors
                .GroupBy(error => error.PropertyName, StringComparer.Ordinal)
                .ToDictionary(field => field.Key, field => field.Select(error => error.ErrorMessage).Distinct().ToArray(), StringComparer.Ordinal));
        }
    }

    internal static bool BePrintable(string? text) =>
        text is null || (text.Length is > 0 and <= WorkloadLimits.LongestName && !text.Any(char.IsControl));

    private static bool IsSingle(WorkloadRequest request) => request.Parallelism?.Class is null or "single";

    private static bool BeLabels(Dictionary<string, string>? labels) => labels is null || (labels.Count <= WorkloadLimits.MostLabels && labels.All(label =>
        label.Key.Length is > 0 and <= WorkloadLimits.LongestLabelKey && !label.Key.Any(char.IsControl) && !label.Key.Contains('=')
        && label.Value is { Length: <= WorkloadLimits.LongestLabelValue } value && !value.Any(char.IsControl)));

    private static WorkloadValidator Create()
    {
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) =>
            member is null ? null : System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
        return new WorkloadValidator();
    }
}
