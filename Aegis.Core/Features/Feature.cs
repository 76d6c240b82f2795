namespace Aegis.Core.Features;

/// <summary>Positions in the feature vector; <see cref="FeatureSchema"/> describes each.</summary>
public enum Feature
{
    AmountLog, AmountZ, AmountDeviation, AmountToMean, AmountToMaximum, AmountToCategory, RecentAmountShift, AmountExcess7Days,
        SmallAmounts1Hour,
    Count10Minutes, Count1Hour, Count1Day, Count7Days, Count30Days,
    Sum10Minutes, Sum1Hour, Sum1Day, Sum7Days, Sum30Days,
    ExactCount10Minutes, ExactCount1Hour, CountBurst1Hour, CountBurst, SumBurst1Day, SumBurst7Days, CardAge, FirstPayment,
    GapLog, GapRatio, HourSurprise, HourSine, HourCosine,
    PlaceKnown, DistanceLog, SpeedLog, CentreDistanceLog, CentreZ, Travel1Day, TravelBurst,
    NewMerchant, NewCountry, NewDevice, DeviceKnown, MerchantSurprise, CountrySurprise, DeviceSurprise, ChannelSurprise, CategorySurprise,
    MerchantAge, MerchantBurst, MerchantAmountZ, MerchantCards, MerchantNewCards, MerchantSmallAmounts,
    CategoryAmountZ, CategoryRarity, CountryRarity,
    MerchantRisk1Day, MerchantRisk7Days, MerchantRisk30Days,
    DeviceRisk1Day, DeviceRisk7Days, DeviceRisk30Days,
    BinRisk1Day, BinRisk7Days, BinRisk30Days,
    SinceFraudLog, SinceGenuineLog,
    RefundWithoutPurchase, RefundRatio, WrongPins1Hour, Refused1Hour, Verifications1Hour,
    Category, Channel, Kind,
}
