namespace Orrery.Planning;

/// <summary>What a plan costs when all its stages finish.</summary>
/// <param name="Ocu">Orbital compute units.</param>
/// <param name="PerStageOcu">OCU of one stage run in orbit.</param>
/// <param name="Stages">Stages that are charged: those in orbit.</param>
public sealed record Price(double Ocu, double Cents, double PerStageOcu, int Stages, double CentsPerOcu)
{
    public static Price Zero { get; } = new(0, 0, 0, 0, 0);
}
