using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>Computes how new merchant, country, device, channel and category are for the card.</summary>
internal static class NoveltyFeatures
{
    public static void Fill(in Payment payment, in CardHistory card, Span<float> f)
    {
        f[(int)Feature.NewMerchant] = IsNew(card.Merchants, payment.MerchantKey);
        f[(int)Feature.NewCountry] = IsNew(card.Countries, payment.CountryCode);
        f[(int)Feature.MerchantSurprise] = KeyRing.Surprise(card.Merchants, payment.MerchantKey);
        f[(int)Feature.CountrySurprise] = KeyRing.Surprise(card.Countries, payment.CountryCode);

        var hasDevice = payment.DeviceKey != 0;
        f[(int)Feature.DeviceKnown] = hasDevice ? 1 : 0;
        f[(int)Feature.NewDevice] = hasDevice ? IsNew(card.Devices, payment.DeviceKey) : 0;
        f[(int)Feature.DeviceSurprise] = hasDevice ? KeyRing.Surprise(card.Devices, payment.DeviceKey) : 0;

        f[(int)Feature.ChannelSurprise] = Surprisal.Of(card.ChannelPayments[(int)payment.Channel], card.PaymentCount, Channels.Count);
        f[(int)Feature.CategorySurprise] = Surprisal.Of(
            card.CategoryPayments[(int)payment.Category], card.PaymentCount, MerchantCategories.Count);
    }

    private static float IsNew(ReadOnlySpan<uint> ring, uint key) => KeyRing.IsEmpty(ring) || KeyRing.Knows(ring, key) ? 0 : 1;
}
