using Orrery.Backends.Tests.Support;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>The Kubernetes backend on the double.</summary>
public sealed class DoubleBackendCompliance(DoublePlace place) : BackendCompliance(place), IClassFixture<DoublePlace>;

/// <summary>The Kubernetes backend on a real cluster.</summary>
[Collection(RealClusters.Name)]
public sealed class RealBackendCompliance(RealPlace place) : BackendCompliance(place), IClassFixture<RealPlace>;
