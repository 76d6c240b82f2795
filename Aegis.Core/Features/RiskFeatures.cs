using Aegis.Core.Facts;
using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>Computes features from known frauds of merchant, device and BIN, and from the card's verdicts. Neutral
/// until labels arrive.</summary>
internal static class RiskFeatures
{
    private const double NoVerdictDays = 365;

    public static void Fill(in Payment payment, in CardHistory card, RiskFacts risks, int lastDay, Span<float> f)
    {
        var windows = RiskFacts.Windows.Length;
        risks.RisksOf(RiskEntity.Merchant.KeyOf(payment.MerchantHash), lastDay, f.Slice((int)Feature.MerchantRisk1Day, windows));
        f.Slice((int)Feature.DeviceRisk1Day, 2 * windows).Clear();
        if (payment.DeviceHash != 0)
        {
            risks.RisksOf(RiskEntity.Device.KeyOf(payment.DeviceHash), lastDay, f.Slice((int)Feature.DeviceRisk1Day, windows));
        }

        if (payment.Bin != 0)
        {
            risks.RisksOf(RiskEntity.Bin.KeyOf(payment.Bin), lastDay, f.Slice((int)Feature.BinRisk1Day, windows));
        }

        f[(int)Feature.SinceFraudLog] = SinceVerdict(payment, card.FraudVerdictSeconds);
        f[(int)Feature.SinceGenuineLog] = SinceVerdict(payment, card.GenuineVerdictSeconds);
    }

    private static float SinceVerdict(in Payment payment, uint verdictSeconds)
    {
        var days = verdictSeconds == 0
            ? NoVerdictDays
            : Math.Clamp(((payment.TimeMs / 1000.0) - verdictSeconds) / 86_400, 0, NoVerdictDays);
        return MathF.Log((float)(1 + days));
    }
}
