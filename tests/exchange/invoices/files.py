"""Invoice files as sellers send them, made here: names and numbers are invented."""

from __future__ import annotations

import io
import zipfile

NUMBER = "26327000001034015576"

DIGITAL = f"""<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>{NUMBER}</EIid><InherentLabel><InIssuType><LabelCode>Y</LabelCode></InIssuType>
<GeneralOrSpecialVAT><LabelCode>02</LabelCode></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>91350100M000100Y43</SellerIdNum><SellerName>县农机公司</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum></BuyerIdNum><BuyerName>清水镇白杨村</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>18.63</TotalAmWithoutTax><TotalTaxAm>0.56</TotalTaxAm>
<TotalTax-includedAmount>19.19</TotalTax-includedAmount>
<TotalTax-includedAmountInChinese>壹拾玖圆壹角玖分</TotalTax-includedAmountInChinese></BasicInformation>
<IssuItemInformation><ItemName>*农机*水泵配件</ItemName><MeaUnits>个</MeaUnits><Quantity>1</Quantity><Amount>18.63</Amount>
<TaxRate>0.03</TaxRate><ComTaxAm>0.56</ComTaxAm><TotaltaxIncludedAmount>99.99</TotaltaxIncludedAmount></IssuItemInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{NUMBER}</InvoiceNumber><IssueTime>2026-02-28 10:11:12</IssueTime></TaxSupervisionInfo>
<Signature><InvoiceNumber>11111111111111111111</InvoiceNumber></Signature></EInvoice>"""

RED = (
    DIGITAL.replace("<LabelCode>Y</LabelCode>", "<LabelCode>N</LabelCode>")
    .replace(">18.63<", ">-18.63<")
    .replace(">0.56<", ">-0.56<")
    .replace(">19.19<", ">-19.19<")
    .replace(
        "</EInvoiceData>",
        f"<RedEInvoice><OriginalInvoiceCode>{NUMBER}</OriginalInvoiceCode></RedEInvoice></EInvoiceData>",
    )
)

PINYIN = f"<root><FPHM>{NUMBER}</FPHM><KPRQ>20260228</KPRQ><HJJE>18.63</HJJE><HJSE>0.56</HJSE><JSHJXX>19.19</JSHJXX><XSFMC>县农机公司</XSFMC></root>"

RAIL = """<?xml version="1.0" encoding="UTF-8"?>
<xbrl xmlns:rai="http://xbrl.mof.gov.cn/taxonomy/2023-12-31/rai">
<rai:ElectronicInvoiceRailwayETicketNumber>25119110001000012345</rai:ElectronicInvoiceRailwayETicketNumber>
<rai:DateOfIssue>2026-01-01</rai:DateOfIssue><rai:Fare>91.00</rai:Fare><rai:TotalAmountExcludingTax>83.49</rai:TotalAmountExcludingTax>
<rai:TaxAmount>7.51</rai:TaxAmount><rai:NameOfPurchaser>清水镇白杨村</rai:NameOfPurchaser>
<rai:DepartureStation>济南西</rai:DepartureStation><rai:DestinationStation>聊城</rai:DestinationStation>
<rai:TravelDate>2025-12-30</rai:TravelDate><rai:TrainNumber>G1812</rai:TrainNumber>
<rai:NameOfPassenger>张三</rai:NameOfPassenger><rai:IDNumber>1101051949****002X</rai:IDNumber></xbrl>"""

AIR = """<xbrl xmlns:atr="http://xbrl.mof.gov.cn/taxonomy/2021-11-30/atr">
<atr:ElectronicInvoiceAirTransportReceiptNumber>25119110001000054321</atr:ElectronicInvoiceAirTransportReceiptNumber>
<atr:IssueDate>2025-06-03</atr:IssueDate><atr:Fare>500.00</atr:Fare><atr:FuelSurcharge>20.00</atr:FuelSurcharge>
<atr:VatTaxAmount>46.80</atr:VatTaxAmount><atr:CivilAviationDevelopmentFund>50.00</atr:CivilAviationDevelopmentFund>
<atr:OtherTaxes>0.00</atr:OtherTaxes><atr:TotalAmount>616.80</atr:TotalAmount></xbrl>"""


def ofd(**parts: str) -> bytes:
    """An OFD of these parts; `__` in a name stands for a slash, a `.xml` is put behind."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", parts.pop("OFD", "<OFD/>"))
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


CUSTOM = (
    "<OFD><DocBody><DocInfo><CustomDatas>"
    '<CustomData Name="发票代码">031002000111</CustomData><CustomData Name="发票号码">12345678</CustomData>'
    '<CustomData Name="开票日期">2020年03月05日</CustomData><CustomData Name="合计金额">100.00</CustomData>'
    '<CustomData Name="合计税额">6.00</CustomData><CustomData Name="校验码">12345678901234567890</CustomData>'
    "</CustomDatas></DocInfo></DocBody></OFD>"
)

TAGS = (
    "<CustomTag><eInvoice><InvoiceNo><ObjectRef PageRef='1'>7</ObjectRef></InvoiceNo><IssueDate><ObjectRef>8</ObjectRef></IssueDate>"
    "<TaxInclusiveTotalAmount><ObjectRef>9</ObjectRef><ObjectRef>10</ObjectRef></TaxInclusiveTotalAmount></eInvoice></CustomTag>"
)
PAGE = (
    f"<Page><TextObject ID='7'><TextCode>{NUMBER}</TextCode></TextObject><TextObject ID='8'><TextCode>2026年02月28日</TextCode></TextObject>"
    "<TextObject ID='9'><TextCode>¥</TextCode></TextObject><TextObject ID='10'><TextCode>19.19</TextCode></TextObject></Page>"
)
