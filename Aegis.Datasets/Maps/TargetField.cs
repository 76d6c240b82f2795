using Aegis.Core.Transactions;

namespace Aegis.Datasets.Maps;

/// <summary>A field of a transaction that a map fills.</summary>
/// <param name="Name">The field's name in maps.</param>
/// <param name="Kind">The kind of its content.</param>
/// <param name="IsRequired">True if a map must name a source for it.</param>
/// <param name="MessageName">The field's name in faults of the whole transaction, if it differs.</param>
internal sealed record TargetField(string Name, FieldKind Kind, bool IsRequired, string? MessageName = null)
{
    public static readonly TargetField Id = new(FieldNames.Id, FieldKind.Text, true);
    public static readonly TargetField EventTime = new(FieldNames.EventTime, FieldKind.Time, true);
    public static readonly TargetField Card = new("card", FieldKind.Text, true, FieldNames.CardToken);
    public static readonly TargetField Amount = new("amount", FieldKind.Amount, true, FieldNames.AmountMinor);
    public static readonly TargetField Currency = new(FieldNames.Currency, FieldKind.Currency, true);
    public static readonly TargetField MerchantId = new(FieldNames.MerchantId, FieldKind.Text, true);
    public static readonly TargetField Mcc = new(FieldNames.Mcc, FieldKind.Mcc, true);
    public static readonly TargetField Country = new(FieldNames.Country, FieldKind.Country, true);
    public static readonly TargetField Channel = new(FieldNames.Channel, FieldKind.Channel, true);
    public static readonly TargetField Latitude = new(FieldNames.Latitude, FieldKind.Number, false);
    public static readonly TargetField Longitude = new(FieldNames.Longitude, FieldKind.Number, false);
    public static readonly TargetField DeviceId = new(FieldNames.DeviceId, FieldKind.Text, false);
    public static readonly TargetField IpAddress = new(FieldNames.IpAddress, FieldKind.Text, false);
    public static readonly TargetField PaymentKind = new(FieldNames.Kind, FieldKind.PaymentKind, false);
    public static readonly TargetField Authorisation = new(FieldNames.Authorisation, FieldKind.Authorisation, false);
    public static readonly TargetField DeclineReason = new(FieldNames.DeclineReason, FieldKind.DeclineReason, false);
    public static readonly TargetField MerchantName = new(FieldNames.MerchantName, FieldKind.Text, false);
    public static readonly TargetField Label = new("label", FieldKind.Label, false);
    public static readonly TargetField Scenario = new("scenario", FieldKind.Text, false);

    /// <summary>All fields, in the order in which maps are written.</summary>
    public static IReadOnlyList<TargetField> All { get; } =
    [
        Id, EventTime, Card, Amount, Currency, MerchantId, Mcc, Country, Channel, Latitude, Longitude, DeviceId, IpAddress,
        PaymentKind, Authorisation, DeclineReason, MerchantName, Label, Scenario,
    ];

    /// <summary>The field's name in messages, see <see cref="FieldNames"/>. A field that only maps have keeps its name in maps.</summary>
    public string FieldName => MessageName ?? Name;

    /// <summary>The field that a fault of a transaction is about; null if it is about none.</summary>
    public static TargetField? OfMessage(string field) => All.FirstOrDefault(target => target.FieldName == field || target.Name == field);
}
