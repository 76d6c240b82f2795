using Aegis.Training;

namespace Aegis.Tests.Training;

public sealed class FeaturePageTests
{
    [Fact]
    public void CommittedPage_IsWhatTheSchemaSays() =>
        Assert.Equal(FeaturePage.Write(), File.ReadAllText(Path.Combine(Repository.Root, "docs", "features.md")));
}
