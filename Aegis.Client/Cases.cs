using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>The states of a case.</summary>
public enum CaseState : byte
{
    /// <summary>Somebody should look at it.</summary>
    Open = 0,

    /// <summary>An answer is awaited, for example the customer's. A new alert opens it again.</summary>
    Waiting = 1,

    /// <summary>All alerts have a verdict, or somebody closed it.</summary>
    Closed = 2,
}

/// <summary>What an analyst says of a payment.</summary>
public enum VerdictKind : byte
{
    /// <summary>It was fraud.</summary>
    Fraud = 0,

    /// <summary>It was the customer's own.</summary>
    Legitimate = 1,

    /// <summary>Nobody can tell yet. The alert stays undecided, and no label follows.</summary>
    Unsure = 2,
}

/// <summary>A case: the alerts of one card.</summary>
/// <param name="Id">Its number.</param>
/// <param name="CardToken">The card.</param>
/// <param name="State">Its state.</param>
/// <param name="Opened">When the first alert came, UTC.</param>
/// <param name="Changed">When it last changed, UTC.</param>
/// <param name="Alerts">The number of its alerts.</param>
/// <param name="Undecided">The number of those without a verdict of fraud or legitimate.</param>
/// <param name="Amount">The sum of its alerts, in the reference currency.</param>
/// <param name="Priority">The expected loss: over the undecided alerts, amount times the share of frauds among earlier alerts of
/// like risk.</param>
/// <param name="Owner">Who works on it; null if nobody does.</param>
/// <param name="OwnedUntil">When it is free again unless its owner does something, UTC.</param>
public sealed record CaseSummary(
    long Id, string CardToken, CaseState State, DateTimeOffset Opened, DateTimeOffset Changed, int Alerts, int Undecided, double Amount,
    double Priority, string? Owner, DateTimeOffset? OwnedUntil);

/// <summary>A page of cases.</summary>
/// <param name="Cases">The cases, by falling priority or from the oldest.</param>
/// <param name="Next">The value of <c>after</c> for the next page; null on the last page.</param>
/// <param name="Open">The number of open cases in all.</param>
/// <param name="Waiting">The number of waiting cases in all.</param>
public sealed record CasePage(IReadOnlyList<CaseSummary> Cases, string? Next, long Open, long Waiting);

/// <summary>An alert of a case.</summary>
/// <param name="TransactionId">The transaction; its decision may have been deleted by age.</param>
/// <param name="EventTime">When it was paid, UTC.</param>
/// <param name="Outcome">Review or decline.</param>
/// <param name="Amount">The amount in the reference currency; 0 if its currency has no rate.</param>
/// <param name="Risk">The risk (-ln p).</param>
/// <param name="Verdict">The verdict in force; null if there is none.</param>
public sealed record CaseAlertReport(
    string TransactionId, DateTimeOffset EventTime, DecisionOutcome Outcome, double Amount, double Risk, VerdictKind? Verdict);

/// <summary>Something that happened to a case.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who did it.</param>
/// <param name="What">opened, claimed, released, noted, waiting, closed, reopened, judged, undone or filed.</param>
/// <param name="Detail">A note's text, a reason, a file's name, or which verdict on how many payments.</param>
public sealed record CaseEvent(DateTimeOffset At, string By, string What, string? Detail);

/// <summary>A file of a case.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The hash of its content, in hexadecimal digits.</param>
/// <param name="By">Who brought it.</param>
/// <param name="At">When, UTC.</param>
public sealed record CaseFileReport(long Id, string Name, long Bytes, string Sha256, string By, DateTimeOffset At);

/// <summary>A case with all that belongs to it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Alerts">Its newest alerts, at most 1,000, newest first.</param>
/// <param name="Events">What happened to it, oldest first.</param>
/// <param name="Files">Its files, oldest first.</param>
public sealed record CaseReport(
    CaseSummary Case, IReadOnlyList<CaseAlertReport> Alerts, IReadOnlyList<CaseEvent> Events, IReadOnlyList<CaseFileReport> Files);

/// <summary>Who claims or releases a case.</summary>
/// <param name="By">The analyst, 1 to 64 characters.</param>
public sealed record CaseClaimRequest(string? By) : ISaysBy;

/// <summary>A note on a case.</summary>
/// <param name="By">The analyst, 1 to 64 characters.</param>
/// <param name="Text">The note, 1 to 4,000 characters.</param>
public sealed record CaseNoteRequest(string? By, string? Text) : ISaysBy;

/// <summary>A step of a case.</summary>
/// <param name="State">open, waiting or closed.</param>
/// <param name="By">The analyst, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record CaseStateRequest(string? State, string? By, string? Why) : ISaysBy;

/// <summary>A verdict on payments: those named, or all undecided alerts of a case.</summary>
/// <param name="Verdict">fraud, legitimate or unsure.</param>
/// <param name="Reason">The reason code; docs/cases.md has those of each verdict.</param>
/// <param name="Case">The case; null if transactions are named.</param>
/// <param name="Transactions">The ids of decided transactions, 1 to 1,000; null if a case is named.</param>
/// <param name="Note">More of why, at most 500 characters.</param>
/// <param name="BlockCardOn">With fraud: the list of cards that the cards come onto.</param>
/// <param name="ListDeviceOn">With fraud: the list of devices that the devices come onto.</param>
/// <param name="By">The analyst, 1 to 64 characters.</param>
public sealed record VerdictRequest(
    string? Verdict, string? Reason, long? Case = null, IReadOnlyList<string>? Transactions = null, string? Note = null,
    string? BlockCardOn = null, string? ListDeviceOn = null, string? By = null) : ISaysBy;

/// <summary>A verdict that was given.</summary>
/// <param name="Id">Its number, by which it can be undone.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">The reason code.</param>
/// <param name="Note">More of why.</param>
/// <param name="By">Who gave it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="UndoableUntil">Until when it can be undone, UTC. The payments are labelled after that.</param>
/// <param name="Transactions">The payments that it is about.</param>
/// <param name="Listed">The values that it put on lists, as <c>list: value</c>.</param>
/// <param name="Undone">Its undoing; null if it is in force.</param>
public sealed record VerdictReport(
    long Id, VerdictKind Verdict, string Reason, string? Note, string By, DateTimeOffset At, DateTimeOffset UndoableUntil,
    IReadOnlyList<string> Transactions, IReadOnlyList<string> Listed, VerdictUndone? Undone);

/// <summary>The undoing of a verdict.</summary>
/// <param name="By">Who undid it.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When, UTC.</param>
public sealed record VerdictUndone(string By, string Why, DateTimeOffset At);

/// <summary>A verdict to undo.</summary>
/// <param name="By">The analyst, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record VerdictUndoRequest(string? By, string? Why) : ISaysBy;
