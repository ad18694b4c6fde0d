using Orrery.Backends.Tests.Support;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>The local backend: processes of this machine.</summary>
public sealed class LocalBackendCompliance(LocalPlace place) : BackendCompliance(place), IClassFixture<LocalPlace>;
