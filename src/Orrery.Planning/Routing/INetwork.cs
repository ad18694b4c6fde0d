using Orrery.Planning.Timeline;

namespace Orrery.Planning.Routing;

/// <summary>What placement needs to know of the world: satellites by their index in the fleet, times in seconds since 1970.</summary>
internal interface INetwork
{
    /// <summary>Index that stands for the ground.</summary>
    const int Ground = -1;

    /// <summary>The way on which data that is ready at a time arrives first, or null when there is none.</summary>
    TransferPath? Route(int from, int to, double ready, double mb);

    /// <summary>When data that is ready at a time arrives first, seconds since 1970; +∞ when it never does.</summary>
    double Arrival(int from, int to, double ready, double mb) => Route(from, to, ready, mb)?.Arrival ?? double.PositiveInfinity;

    /// <summary>What a satellite can do by when.</summary>
    ComputeProfile Compute(int satellite);

    /// <summary>MB of parameters that it can hold.</summary>
    double MemoryMb(int satellite);

    /// <summary>TFLOP/s in sunlight.</summary>
    double FullRate(int satellite);
}
