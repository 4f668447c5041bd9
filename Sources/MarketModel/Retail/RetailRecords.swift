/// A customer of the retail arm as its file describes it; whatever is not known is nil.
public struct RetailCustomer: Hashable, Sendable {
  public var id: String
  public var name: String?
  public var creditCode: String?
  /// Industry by the national classification (GB/T 4754), or any word.
  public var industry: String?
  public var region: String?
  public var voltageKV: Double?
  public var transformerKVA: Double?
  public var onboarded: MarketDay?
  /// Share of the gross margin that a sales channel keeps, 0…1.
  public var channelKeeps: Double?
  public var accountManager: String?
  public var group: String?
  /// "intent", "contracted", "expired" or "lost".
  public var status: String?
  /// Energy of a customer without meters, MWh a year.
  public var expectedMWh: Double?
  public var solarKW: Double?
  public var storageKW: Double?
  public var controllableKW: Double?
  /// Share of green energy that the customer is obliged to, 0…1.
  public var greenTarget: Double?
  /// Certificates such as ISO 50001 held, 0…1.
  public var certification: Double?

  public init(id: String) { self.id = id }
}

/// A retail contract; prices are per MWh.
public struct RetailContract: Hashable, Sendable {
  public var customer: String
  public var package: String?
  public var start: MarketDay?
  public var end: MarketDay?
  /// Fixed price of the part that is not linked.
  public var fixedPrice: Double?
  /// Share of the price that follows the market, 0…1.
  public var linkedShare: Double?
  /// Added to every MWh.
  public var uplift: Double?
  /// Share of the linked energy that is priced at its own period's price, 0…1; the rest pays the pool's average.
  public var passThrough: Double?
  /// Paid per remaining MWh by who leaves early.
  public var exitFee: Double?
  /// Margin per MWh, where the books already know it.
  public var unitMargin: Double?
  /// What became of it: "renewed", "lost", or a word that says neither.
  public var state: String?

  public init(customer: String) { self.customer = customer }
}

/// A bill and when it was paid.
public struct RetailPayment: Hashable, Sendable {
  public var customer: String
  public var issued: MarketDay?
  public var due: MarketDay
  /// nil: not yet paid.
  public var paid: MarketDay?
  public var amount: Double

  public init(customer: String, issued: MarketDay? = nil, due: MarketDay, paid: MarketDay?, amount: Double) {
    self.customer = customer
    self.issued = issued
    self.due = due
    self.paid = paid
    self.amount = amount
  }
}

/// Green energy and certificates of a month.
public struct GreenRecord: Hashable, Sendable {
  public var customer: String
  /// A day of the month.
  public var month: MarketDay
  public var greenMWh: Double
  /// Retired certificates of one MWh each.
  public var certificates: Double

  public init(customer: String, month: MarketDay, greenMWh: Double, certificates: Double) {
    self.customer = customer
    self.month = month
    self.greenMWh = greenMWh
    self.certificates = certificates
  }
}

/// Something that a public register or a newspaper says of a company.
public struct RegistryEvent: Hashable, Sendable {
  /// Credit code or customer.
  public var company: String
  public var kind: String
  public var day: MarketDay

  public init(company: String, kind: String, day: MarketDay) {
    self.company = company
    self.kind = kind
    self.day = day
  }
}

/// What a newspaper or a portal says of a company: the tone alone, no words and no names of people.
public struct RetailOpinion: Hashable, Sendable {
  /// Credit code or customer.
  public var company: String
  public var day: MarketDay
  /// −1…1, below 0 is bad.
  public var polarity: Double
  public var topic: String?

  public init(company: String, day: MarketDay, polarity: Double, topic: String? = nil) {
    self.company = company
    self.day = day
    self.polarity = polarity
    self.topic = topic
  }
}

/// A meter's part in a customer's energy: reading × multiplier × ratio.
public struct RetailMeter: Hashable, Sendable {
  public var customer: String
  public var meter: String
  public var multiplier: Double
  /// Share of the meter that is this customer's, 0…1.
  public var ratio: Double

  public init(customer: String, meter: String, multiplier: Double = 1, ratio: Double = 1) {
    self.customer = customer
    self.meter = meter
    self.multiplier = multiplier
    self.ratio = ratio
  }
}

/// A call for demand response and what was delivered, MWh.
public struct DemandResponseRecord: Hashable, Sendable {
  public var customer: String
  public var day: MarketDay
  public var committedMWh: Double
  public var deliveredMWh: Double

  public init(customer: String, day: MarketDay, committedMWh: Double, deliveredMWh: Double) {
    self.customer = customer
    self.day = day
    self.committedMWh = committedMWh
    self.deliveredMWh = deliveredMWh
  }
}
