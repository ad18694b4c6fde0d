namespace Orrery.Orbits;

/// <summary>One crossing of the Earth's shadow, cut by the interval that was asked for; UTC, to 0.1 s or better.</summary>
/// <param name="PenumbraStart">The Sun's disc begins to be hidden.</param>
/// <param name="UmbraStart">The disc is hidden; null when it never is.</param>
/// <param name="UmbraEnd">The disc begins to show; null when it was never hidden.</param>
/// <param name="PenumbraEnd">The whole disc is seen again.</param>
public sealed record EclipseWindow(DateTimeOffset PenumbraStart, DateTimeOffset? UmbraStart, DateTimeOffset? UmbraEnd, DateTimeOffset PenumbraEnd);
