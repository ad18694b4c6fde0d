using Orrery.Orbits;

namespace Orrery.Server.Fleet;

/// <summary>A satellite as a caller may use it.</summary>
/// <param name="Elements">Its newest elements.</param>
/// <param name="BusClass">Name of its bus class.</param>
/// <param name="Own">The caller's own, not the shared fleet's.</param>
internal sealed record FleetMember(ElementSet Elements, string BusClass, bool Own)
{
    public string Id => Elements.NoradId.ToString();
}
