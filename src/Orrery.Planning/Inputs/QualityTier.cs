namespace Orrery.Planning;

/// <summary>A way to do the same work more cheaply, for example with a smaller or quantised model; factors on what the workload states.</summary>
/// <param name="Name">Shown in the plan and told to the program.</param>
/// <param name="Compute">Of the layers' TFLOP and of a stage's duration.</param>
/// <param name="Params">Of the layers' parameters.</param>
/// <param name="Activation">Of what leaves a layer.</param>
/// <param name="Output">Of what comes down.</param>
public sealed record QualityTier(string Name, double Compute = 1, double Params = 1, double Activation = 1, double Output = 1);
