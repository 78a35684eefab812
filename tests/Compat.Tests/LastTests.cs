using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests;

/// <summary>What can only be judged when all other classes are done: xunit runs collections that are not parallel after those that are.</summary>
[Collection(nameof(LastCollection))]
[Trait("Needs", "Root")]
public sealed class LastTests
{
    [Fact]
    public void No_engine_left_anything_on_the_host() => Assert.Empty(EngineFixture.Failures);
}
