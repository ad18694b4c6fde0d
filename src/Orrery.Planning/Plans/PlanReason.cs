namespace Orrery.Planning;

/// <summary>One reason why a plan is infeasible.</summary>
/// <param name="Code">One of <see cref="ReasonCodes"/>.</param>
/// <param name="Message">What is wrong, with the numbers.</param>
/// <param name="Remedy">What would make it feasible.</param>
/// <param name="Numbers">The numbers by name.</param>
public sealed record PlanReason(string Code, string Message, string Remedy, IReadOnlyDictionary<string, double> Numbers);
