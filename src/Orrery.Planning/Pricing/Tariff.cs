namespace Orrery.Planning;

/// <summary>What computing in orbit costs. The ground is free.</summary>
public sealed record Tariff
{
    public double OcuPerStage { get; init; } = 150;

    public double CentsPerOcu { get; init; } = 12;

    /// <summary>The price of stage runs in orbit.</summary>
    public Price For(int stagesInOrbit)
    {
        var ocu = stagesInOrbit * OcuPerStage;
        return new(ocu, ocu * CentsPerOcu, OcuPerStage, stagesInOrbit, CentsPerOcu);
    }
}
