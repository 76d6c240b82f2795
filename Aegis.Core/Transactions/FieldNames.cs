namespace Aegis.Core.Transactions;

/// <summary>The names of a transaction's fields in messages and faults.</summary>
public static class FieldNames
{
    public const string Id = "id";
    public const string EventTime = "eventTime";
    public const string EventTimeSeconds = "eventTimeSeconds";
    public const string EventTimeMilliseconds = "eventTimeMilliseconds";
    public const string CardToken = "cardToken";
    public const string Pan = "pan";
    public const string CardBin = "cardBin";
    public const string CardLastFour = "cardLastFour";
    public const string AmountMinor = "amountMinor";
    public const string Currency = "currency";
    public const string MerchantId = "merchantId";
    public const string Mcc = "mcc";
    public const string Country = "country";
    public const string Channel = "channel";
    public const string Latitude = "latitude";
    public const string Longitude = "longitude";
    public const string DeviceId = "deviceId";
    public const string IpAddress = "ipAddress";
    public const string Kind = "kind";
    public const string Authorisation = "authorisation";
    public const string DeclineReason = "declineReason";
    public const string MerchantName = "merchantName";
    public const string Metadata = "metadata";
}
