using System.Text.Json;

namespace Aegis.Client;

/// <summary>What a message is about.</summary>
public enum NoticeKind : byte
{
    /// <summary>A payment went to review or was declined.</summary>
    Alert = 0,

    /// <summary>Entries of the log could not be decided.</summary>
    DeadLetters = 1,

    /// <summary>The service became unhealthy, or healthy again.</summary>
    Health = 2,

    /// <summary>Somebody asked for a message to try the channel.</summary>
    Test = 3,
}

/// <summary>The states of a message.</summary>
public enum MessageState : byte
{
    /// <summary>It waits for its turn or for the next try.</summary>
    Waiting = 0,

    /// <summary>The receiver took it.</summary>
    Sent = 1,

    /// <summary>It was tried for a day, and given up.</summary>
    Dead = 2,
}

/// <summary>A channel to set up or to change.</summary>
/// <param name="Url">Where messages are posted: https, or http to this machine.</param>
/// <param name="Template">The form of messages: generic, slack or teams.</param>
/// <param name="Events">What is told: alert, deadLetters, health; null for all.</param>
/// <param name="Outcomes">Of alerts, those of these outcomes: review, decline; null for both.</param>
/// <param name="MinScore">Of alerts, those of at least this score, 0 to 1,000; null for all.</param>
/// <param name="MinAmount">Of alerts, those of at least this amount in the reference currency; null for all.</param>
/// <param name="MaxAnHour">The most messages an hour, 1 to 100,000; further ones wait. Null for no limit.</param>
/// <param name="IsPaused">True to keep messages waiting.</param>
/// <param name="By">Who changes it, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record ChannelRequest(
    string? Url, string? Template = "generic", IReadOnlyList<string>? Events = null, IReadOnlyList<string>? Outcomes = null,
    double? MinScore = null, double? MinAmount = null, int? MaxAnHour = null, bool IsPaused = false, string? By = null,
    string? Why = null) : ISaysBy;

/// <summary>Who does something with a channel, and why.</summary>
/// <param name="By">Who, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record ChannelStep(string? By, string? Why) : ISaysBy;

/// <summary>The settings of a channel.</summary>
/// <param name="Url">Where messages are posted.</param>
/// <param name="Template">generic, slack or teams.</param>
/// <param name="Events">What is told.</param>
/// <param name="Outcomes">Of alerts, those of these outcomes.</param>
/// <param name="MinScore">Of alerts, those of at least this score.</param>
/// <param name="MinAmount">Of alerts, those of at least this amount in the reference currency.</param>
/// <param name="MaxAnHour">The most messages an hour; null for no limit.</param>
/// <param name="IsPaused">True if messages are kept waiting.</param>
public sealed record ChannelSettings(
    string Url, string Template, IReadOnlyList<NoticeKind> Events, IReadOnlyList<string> Outcomes, double? MinScore, double? MinAmount,
    int? MaxAnHour, bool IsPaused);

/// <summary>A change of a channel.</summary>
/// <param name="What">What was done.</param>
/// <param name="By">Who did it.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When, UTC.</param>
public sealed record ChannelChange(string What, string By, string Why, DateTimeOffset At);

/// <summary>A channel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Waiting">Messages that wait.</param>
/// <param name="Dead">Messages that were given up.</param>
/// <param name="Fault">Why the message at the head was not taken at the last try; null if there is none.</param>
/// <param name="Changes">The changes, newest first, at most 20.</param>
/// <param name="Secret">The secret that signs messages: only in the answer that made it.</param>
public sealed record ChannelReport(
    string Name, ChannelSettings Settings, long Waiting, long Dead, string? Fault, IReadOnlyList<ChannelChange> Changes,
    string? Secret = null);

/// <summary>A message.</summary>
/// <param name="Id">Its number, by which receivers know repeats.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Event">What it is about.</param>
/// <param name="State">Its state.</param>
/// <param name="Created">When it was made, UTC.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Due">When it is tried next, UTC; null if it is not.</param>
/// <param name="Fault">Why the last try failed.</param>
/// <param name="Body">What is sent.</param>
public sealed record OutboxMessage(
    long Id, string Channel, NoticeKind Event, MessageState State, DateTimeOffset Created, int Tries, DateTimeOffset? Due, string? Fault,
    JsonElement Body);

/// <summary>A page of messages, newest first.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Next">The value of <c>before</c> for the next page; null on the last page.</param>
public sealed record OutboxPage(IReadOnlyList<OutboxMessage> Messages, long? Next);

/// <summary>Which messages that were given up are tried again.</summary>
/// <param name="Channel">All of a channel; null if <paramref name="Id"/> names one.</param>
/// <param name="Id">One message; null if <paramref name="Channel"/> names all of one.</param>
public sealed record OutboxRetry(string? Channel = null, long? Id = null);

/// <summary>How many messages are tried again.</summary>
/// <param name="Messages">The number.</param>
public sealed record OutboxRetried(int Messages);
