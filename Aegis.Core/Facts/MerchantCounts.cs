using Aegis.Core.Features;

namespace Aegis.Core.Facts;

/// <summary>What one shard saw of a merchant in one interval.</summary>
internal struct MerchantCounts
{
    public RunningNorm AmountLog;
    public int Payments;
}
