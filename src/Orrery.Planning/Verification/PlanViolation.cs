namespace Orrery.Planning.Verification;

/// <summary>One way in which a plan contradicts its input or physics.</summary>
/// <param name="Code">One of <see cref="ViolationCodes"/>.</param>
/// <param name="Message">What is wrong, where, with the numbers.</param>
public sealed record PlanViolation(string Code, string Message);
