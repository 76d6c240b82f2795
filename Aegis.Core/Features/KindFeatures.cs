using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>Computes the kind of payment: indexes that models read as one column for each value.</summary>
internal static class KindFeatures
{
    public static void Fill(in Payment payment, Span<float> f)
    {
        f[(int)Feature.Category] = (int)payment.Category;
        f[(int)Feature.Channel] = (int)payment.Channel;
    }
}
