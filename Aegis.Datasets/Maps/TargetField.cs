namespace Aegis.Datasets.Maps;

/// <summary>A field of a transaction that a map fills.</summary>
/// <param name="Name">Its name in maps.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsRequired">Whether a map must say where it comes from.</param>
/// <param name="MessageName">Its name in faults of the transaction as a whole, where it is another.</param>
internal sealed record TargetField(string Name, FieldKind Kind, bool IsRequired, string? MessageName = null)
{
    public static readonly TargetField Id = new("id", FieldKind.Text, true);
    public static readonly TargetField EventTime = new("eventTime", FieldKind.Time, true);
    public static readonly TargetField Card = new("card", FieldKind.Text, true, "cardToken");
    public static readonly TargetField Amount = new("amount", FieldKind.Amount, true, "amountMinor");
    public static readonly TargetField Currency = new("currency", FieldKind.Currency, true);
    public static readonly TargetField MerchantId = new("merchantId", FieldKind.Text, true);
    public static readonly TargetField Mcc = new("mcc", FieldKind.Mcc, true);
    public static readonly TargetField Country = new("country", FieldKind.Country, true);
    public static readonly TargetField Channel = new("channel", FieldKind.Channel, true);
    public static readonly TargetField Latitude = new("latitude", FieldKind.Number, false);
    public static readonly TargetField Longitude = new("longitude", FieldKind.Number, false);
    public static readonly TargetField DeviceId = new("deviceId", FieldKind.Text, false);
    public static readonly TargetField IpAddress = new("ipAddress", FieldKind.Text, false);
    public static readonly TargetField Label = new("label", FieldKind.Label, false);
    public static readonly TargetField Scenario = new("scenario", FieldKind.Text, false);

    /// <summary>All, in the order in which maps are written.</summary>
    public static IReadOnlyList<TargetField> All { get; } =
    [
        Id, EventTime, Card, Amount, Currency, MerchantId, Mcc, Country, Channel, Latitude, Longitude, DeviceId, IpAddress, Label, Scenario,
    ];

    /// <summary>The field that a fault of a transaction is about; null where it is about none.</summary>
    public static TargetField? OfMessage(string field) => All.FirstOrDefault(target => (target.MessageName ?? target.Name) == field || target.Name == field);
}
