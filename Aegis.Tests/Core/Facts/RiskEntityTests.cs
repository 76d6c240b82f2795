using Aegis.Core.Facts;

namespace Aegis.Tests.Core.Facts;

public sealed class RiskEntityTests
{
    /// <summary>Keys are stored: they stay as they are.</summary>
    [Theory]
    [InlineData(0, 0, 0x9ca066f1a4ab2eea)]
    [InlineData(1, 7, 0x7d5158df18573211)]
    [InlineData(2, 411_111, 0xb1eb4b87ec871d77)]
    public void KeyOf_IsTheSameInEveryRelease(int kind, ulong hash, ulong key) => Assert.Equal(key, ((RiskEntity)kind).KeyOf(hash));
}
