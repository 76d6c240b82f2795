using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

public sealed class PooledBytesTests
{
    [Fact]
    public void Rent_GivesSoManyBytes_OfAnArrayThatMayBeLonger()
    {
        var bytes = PooledBytes.Rent(1_000);
        Assert.Equal((1_000, 1_000, 1_000), (bytes.Length, bytes.Span.Length, bytes.Memory.Length));
        Assert.True(bytes.Array.Length >= 1_000);
        bytes.Span[999] = 7;
        Assert.Equal((7, 7), (bytes.Memory.Span[999], bytes.Array[999]));
        bytes.Return();
    }
}
