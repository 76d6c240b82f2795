namespace Aegis.Core.Features;

/// <summary>Positions in the feature vector; <see cref="FeatureSchema"/> describes each.</summary>
public enum Feature
{
    AmountLog, AmountZ, AmountToMaximum, AmountToCategory,
    Count10Minutes, Count1Hour, Count1Day, Count7Days, Count30Days,
    Sum10Minutes, Sum1Hour, Sum1Day, Sum7Days, Sum30Days,
    CountBurst, SumBurst1Day, SumBurst7Days, GapLog,
    DistanceLog, SpeedLog,
    NewMerchant, NewCountry, NewDevice, ChannelSurprise, CategorySurprise,
    HourSurprise, HourSine, HourCosine, WeekdaySine, WeekdayCosine,
    MerchantBurst, MerchantAmountZ, CardAge,
    MerchantRisk1Day, MerchantRisk7Days, MerchantRisk30Days,
    DeviceRisk1Day, DeviceRisk7Days, DeviceRisk30Days,
    BinRisk1Day, BinRisk7Days, BinRisk30Days,
    SinceFraudLog, SinceGenuineLog,
    Category, Channel,
}
